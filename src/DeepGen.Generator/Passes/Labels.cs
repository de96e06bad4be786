using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Passes;

/// <summary>A value keeps its name through every rewrite; where two named values turn out to be one, the first name stays.</summary>
internal static class Labels
{
    public static Node Keep(Node from, Node to)
    {
        to.Label ??= from.Label;
        return to;
    }
}
