using System.Globalization;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// The last steps s with the changes y of the gradient that they made, oldest first, and y·s of each. At most so many are kept; the buffers
/// of the oldest become those of the newest.
/// </summary>
internal sealed class LbfgsHistory(int most)
{
    private const string CountName = "history";
    private const string ProductName = "product.";
    private const string ScaleName = "scale";

    // One more than are kept: the one that is being made.
    private readonly Pair[] _pairs = new Pair[most + 1];
    private string[] _names = [];

    public int Most => most;

    public int Count { get; private set; }

    /// <summary>y·s / y·y of the newest: how much a gradient is stretched where nothing is known. 1 before the first.</summary>
    public double Scale { get; private set; } = 1;

    public ref Pair this[int index] => ref _pairs[index];

    public IReadOnlyList<string> BufferNames
    {
        get
        {
            if (_names.Length != 2 * Count)
            {
                _names = [.. Enumerable.Range(0, Count).SelectMany(i => new[] { Numbered("s.", i), Numbered("y.", i) })];
            }

            return _names;
        }
    }

    public IReadOnlyList<(string Name, double Value)> Scalars =>
        [(CountName, Count), (ScaleName, Scale), .. Enumerable.Range(0, Count).Select(i => (Numbered(ProductName, i), _pairs[i].Product))];

    public AlignedBuffer Buffer(int index) => index % 2 == 0 ? _pairs[index / 2].S : _pairs[index / 2].Y;

    public void Clear() => (Count, Scale) = (0, 1);

    /// <summary>The buffers of the pair that <see cref="Push"/> takes in.</summary>
    public (AlignedBuffer S, AlignedBuffer Y) Spare(int length)
    {
        ref var pair = ref _pairs[Count];
        pair.S ??= new AlignedBuffer(length);
        pair.Y ??= new AlignedBuffer(length);
        return (pair.S, pair.Y);
    }

    public void Push(double product, double changeSquared)
    {
        _pairs[Count].Product = product;
        Scale = product / changeSquared;
        Count++;
        if (Count > most)
        {
            var oldest = _pairs[0];
            Array.Copy(_pairs, 1, _pairs, 0, most);
            _pairs[most] = oldest;
            Count = most;
        }
    }

    public bool SetScalar(string name, double value, int length)
    {
        if (name == CountName && value >= 0 && value <= most)
        {
            for (Count = 0; Count < (int)value; Count++)
            {
                Spare(length);
            }

            return true;
        }

        if (name == ScaleName)
        {
            Scale = value;
            return true;
        }

        if (name.StartsWith(ProductName, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(ProductName.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < Count)
        {
            _pairs[index].Product = value;
            return true;
        }

        return false;
    }

    private static string Numbered(string prefix, int index) => prefix + index.ToString(CultureInfo.InvariantCulture);

    public struct Pair
    {
        public AlignedBuffer S;
        public AlignedBuffer Y;
        public double Product;

        /// <summary>Of the direction being made: the part of the gradient along this step.</summary>
        public double Share;
    }
}
