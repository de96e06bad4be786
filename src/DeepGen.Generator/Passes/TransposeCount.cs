using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>How many transposes of activations a prediction performs; those of parameters are prepared once and free.</summary>
internal static class TransposeCount
{
    public static long Of(Graph graph) => Of(graph, new ParameterOnly());

    public static long Of(Graph graph, ParameterOnly isFixed) => graph.Nodes.Sum(n => n.Op switch
    {
        Transpose when !isFixed.Contains(n) => 1L,
        Repeat inner => inner.Count.Value * Of(inner.Body, ParameterOnly.ForBody(inner, j => isFixed.Contains(n.Inputs[j]))),
        _ => 0L,
    });
}
