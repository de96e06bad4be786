using System.Buffers;

namespace DeepGen.Runtime;

/// <summary>Ids that came as floats, as data sets and servers hold them, in memory that is lent for one call.</summary>
public readonly ref struct IdBuffer
{
    private readonly int[] _rented;
    private readonly int _length;

    /// <param name="numbers">The ids of all samples.</param>
    /// <param name="count">How many ids there are: they go from 0 to one less.</param>
    /// <param name="sampleLength">How many a sample has.</param>
    /// <param name="name">The input's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is no id.</exception>
    public IdBuffer(ReadOnlySpan<float> numbers, int count, int sampleLength, string name)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!(numbers[i] >= 0 && numbers[i] < count) || numbers[i] != MathF.Floor(numbers[i]))
            {
                Arguments.ThrowNoId(numbers[i], i, count, sampleLength, name);
            }
        }

        _length = numbers.Length;
        _rented = ArrayPool<int>.Shared.Rent(_length);
        for (int i = 0; i < numbers.Length; i++)
        {
            _rented[i] = (int)numbers[i];
        }
    }

    /// <summary>The ids.</summary>
    public ReadOnlySpan<int> Span => _rented.AsSpan(0, _length);

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<int>.Shared.Return(_rented);
}
