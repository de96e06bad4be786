using System.Globalization;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>The dice all parts of a drawn network share, and how large anything may get.</summary>
internal sealed class Drawing(int seed)
{
    /// <summary>Values of one sample; the reference evaluator is slow.</summary>
    private const int LargestTensor = 3000;

    private const long MostWork = 500_000;

    private static readonly int[] s_sizes = [1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 18, 23, 31, 32, 33, 40, 47, 48, 49, 64, 65, 96, 100, 127, 128, 130, 200];

    private readonly Random _random = new(seed);
    private long _work;

    public int Below(int count) => _random.Next(count);

    public bool Chance(int percent) => _random.Next(100) < percent;

    public T One<T>(params IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    /// <summary>Sizes about those of vectors and panels, and small ones.</summary>
    public int Size() => One(s_sizes);

    public int SmallSize() => s_sizes[_random.Next(8)];

    public string Number() => One("0.25f", "0.5f", "0.75f", "1.5f", "0.1f", "2", "1", "-0.5f", "1.25f");

    public int[] Shuffled(int count) => [.. Enumerable.Range(0, count).OrderBy(_ => _random.Next())];

    /// <summary>Whether a tensor is small enough to be drawn.</summary>
    public bool Fits(params int[] shape) => shape.Aggregate(1L, (n, s) => n * s) is >= 1 and <= LargestTensor;

    /// <summary>Whether there is work left for a layer of so many products; if so, it is spent.</summary>
    public bool Affords(long work)
    {
        bool affordable = _work + work <= MostWork;
        _work += affordable ? work : 0;
        return affordable;
    }

    public static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string List(IEnumerable<int> values) => string.Join(", ", values.Select(Text));
}
