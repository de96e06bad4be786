namespace DeepGen.Generator.Tests.Interpret;

/// <summary>Ways emitted code might add up a sum of products. Soundness must not depend on which.</summary>
public enum SummationOrder
{
    FirstToLast,
    LastToFirst,
    Tree,

    /// <summary>First to last on a machine without fused multiply-add.</summary>
    Unfused,
}

internal static class Summation
{
    /// <summary>Σ aᵢ bᵢ in float32.</summary>
    public static float Of(this SummationOrder order, IReadOnlyList<(float A, float B)> terms)
    {
        if (order == SummationOrder.Tree)
        {
            return Tree(terms, 0, terms.Count);
        }

        float sum = 0;
        for (int i = 0; i < terms.Count; i++)
        {
            (float a, float b) = terms[order == SummationOrder.LastToFirst ? terms.Count - 1 - i : i];
            sum = order == SummationOrder.Unfused ? (a * b) + sum : MathF.FusedMultiplyAdd(a, b, sum);
        }

        return sum;
    }

    private static float Tree(IReadOnlyList<(float A, float B)> terms, int from, int to) => (to - from) switch
    {
        0 => 0,
        1 => terms[from].A * terms[from].B,
        int count => Tree(terms, from, from + (count / 2)) + Tree(terms, from + (count / 2), to),
    };
}
