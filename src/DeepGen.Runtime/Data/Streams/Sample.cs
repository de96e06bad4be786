namespace DeepGen.Data;

/// <summary>One sample's memory. Whoever reads a stream may hand out the same object again and again: it is copied at once.</summary>
public sealed class Sample
{
    private readonly float[][] _inputs;
    private readonly float[][] _values;
    private readonly int[][] _classes;

    /// <summary>Zeros.</summary>
    public Sample(SampleLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _inputs = [.. layout.Inputs.Select(s => new float[SampleLayout.LengthOf(s)])];
        _values = [.. layout.Targets.Select(t => t.IsClass ? [] : new float[SampleLayout.LengthOf(t.Shape)])];
        _classes = [.. layout.Targets.Select(t => t.IsClass ? new int[SampleLayout.LengthOf(t.Shape)] : [])];
    }

    /// <summary>The values of an input.</summary>
    public Span<float> Input(int input = 0) => _inputs[input];

    /// <summary>The values of a target.</summary>
    public Span<float> Target(int target = 0) => _values[target];

    /// <summary>The class that is a target.</summary>
    public ref int Class(int target = 0) => ref _classes[target][0];

    /// <summary>The classes that are a target, one for each place.</summary>
    public Span<int> Classes(int target = 0) => _classes[target];

    internal void CopyFrom(Sample other)
    {
        if (!Copied(other._inputs, _inputs) || !Copied(other._values, _values) || !Copied(other._classes, _classes))
        {
            throw new InvalidOperationException("a stream gave a sample of another layout than it was said to have");
        }
    }

    internal void CopyTo(BatchBuffer buffer, int row)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            _inputs[i].CopyTo(buffer.Input(i, row));
        }

        for (int t = 0; t < _values.Length; t++)
        {
            if (_values[t].Length == 0)
            {
                _classes[t].CopyTo(buffer.Classes(t, row));
            }
            else
            {
                _values[t].CopyTo(buffer.Values(t, row));
            }
        }
    }

    private static bool Copied<T>(T[][] from, T[][] to)
    {
        bool same = from.Length == to.Length;
        for (int i = 0; same && i < from.Length; i++)
        {
            same = from[i].AsSpan().TryCopyTo(to[i]) && from[i].Length == to[i].Length;
        }

        return same;
    }
}
