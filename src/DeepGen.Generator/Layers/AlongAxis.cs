namespace DeepGen.Generator.Layers;

/// <summary>Values that belong to one axis of a larger value.</summary>
internal static class AlongAxis
{
    /// <summary>Repeats a value that lacks one axis of another along that axis.</summary>
    public static Term Along(this Term x, Term other, int axis) =>
        x.Over(other.Shape, Enumerable.Range(0, other.Shape.Rank).Where(a => a != axis).ToArray());

    /// <summary>x less its maximum along an axis: at most 0 everywhere, and 0 somewhere.</summary>
    public static Term FromLargest(this Term x, int axis) => x - x.Max(axis).Along(x, axis);
}
