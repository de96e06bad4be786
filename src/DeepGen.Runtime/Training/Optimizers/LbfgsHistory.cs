using System.Globalization;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// The last steps s with the changes y of the gradient that they made, oldest first, and y·s of each. At most so many are kept; the buffers
/// of the oldest become those of the newest.
/// </summary>
internal sealed class LbfgsHistory(int most)
{
    private const double LeastCurvature = 1e-10;
    private const string CountName = "history";
    private const string ProductName = "product.";
    private const string ScaleName = "scale";

    // One more than are kept: the one that is being made.
    private readonly Pair[] _pairs = new Pair[most + 1];
    private string[] _names = [];

    public int Most => most;

    private int Count { get; set; }

    /// <summary>y·s / y·y of the newest: how much a gradient is stretched where nothing is known. 1 before the first.</summary>
    private double Scale { get; set; } = 1;

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

    /// <summary>Takes in the last step along a direction and what it did to the gradient, unless the curvature is not positive.</summary>
    public void Learn(FlatAlgebra flat, double step, AlignedBuffer direction, AlignedBuffer gradient, AlignedBuffer previousGradient)
    {
        ref var pair = ref Spare(direction.Length);
        flat.Set(pair.Y, 1, gradient);
        flat.Add(pair.Y, -1, previousGradient);
        flat.Set(pair.S, step, direction);
        double product = flat.Dot(pair.Y, pair.S);
        if (product > LeastCurvature)
        {
            pair.Product = product;
            Scale = product / flat.Dot(pair.Y, pair.Y);
            Push();
        }
    }

    /// <summary>direction ← -H · gradient, by the two loops over all pairs, from the newest and back.</summary>
    public void Solve(FlatAlgebra flat, AlignedBuffer gradient, AlignedBuffer direction)
    {
        flat.Set(direction, -1, gradient);
        for (int i = Count - 1; i >= 0; i--)
        {
            ref var pair = ref _pairs[i];
            pair.Share = flat.Dot(pair.S, direction) / pair.Product;
            flat.Add(direction, -pair.Share, pair.Y);
        }

        flat.Set(direction, Scale, direction);
        for (int i = 0; i < Count; i++)
        {
            ref var pair = ref _pairs[i];
            flat.Add(direction, pair.Share - (flat.Dot(pair.Y, direction) / pair.Product), pair.S);
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

    private ref Pair Spare(int length)
    {
        ref var pair = ref _pairs[Count];
        pair.S ??= new AlignedBuffer(length);
        pair.Y ??= new AlignedBuffer(length);
        return ref pair;
    }

    private void Push()
    {
        if (Count < most)
        {
            Count++;
            return;
        }

        var oldest = _pairs[0];
        Array.Copy(_pairs, 1, _pairs, 0, most);
        _pairs[most] = oldest;
    }

    private static string Numbered(string prefix, int index) => prefix + index.ToString(CultureInfo.InvariantCulture);

    private struct Pair
    {
        public AlignedBuffer S;
        public AlignedBuffer Y;
        public double Product;

        /// <summary>Of the direction being made: the part of the gradient along this step.</summary>
        public double Share;
    }
}
