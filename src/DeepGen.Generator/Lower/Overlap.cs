namespace DeepGen.Generator.Lower;

/// <summary>
/// Row (or column) o · OuterStep + k · DepthStep − Before of an image, o counting outputs and k taps of a filter (for its gradient the other
/// way round), exists from 0 to Rows − 1. The others are zeros of the border: their products are left out.
/// </summary>
internal sealed record Overlap(int OuterStep, int DepthStep, int Before, int Rows)
{
    /// <summary>From which row (or column) of the image on a call counts, if not from the first.</summary>
    public AddressTerm? From { get; init; }

    /// <summary>Null where nothing can be left out, or where whole tiles would be.</summary>
    public static Overlap? Of(int outer, int outerStep, int depth, int depthStep, int before, int rows)
    {
        int last = ((outer - 1) * outerStep) + ((depth - 1) * depthStep) - before;
        bool leavesOut = outer > 1 && (before > 0 || last >= rows);
        return leavesOut && before <= depth * depthStep ? new Overlap(outerStep, depthStep, before, rows) : null;
    }

    /// <summary>Whether that row or column is one of the image.</summary>
    public bool Meets(int o, int k)
    {
        int row = (o * OuterStep) + (k * DepthStep) - Before;
        return row >= 0 && row < Rows;
    }

    /// <summary>Whether so much is left out that it is worth loops of their own.</summary>
    public bool IsLarge(int outer, int depth)
    {
        const int Share = 64;
        int met = Enumerable.Range(0, outer).Sum(o => Enumerable.Range(0, depth).Count(k => Meets(o, k)));
        return Share * ((outer * depth) - met) >= outer * depth;
    }
}
