using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Generator.Losses;

/// <summary>
/// Scores v of the worst case in a box of inputs: vⱼ ≥ zⱼ − z_y for every input of the box, y being the target, and v_y = 0 — or, where the
/// last layer is not dense, the upper bound of each zⱼ and the lower one of z_y. Cross-entropy grows as vⱼ − v_y do, so that of v is at
/// least that of z everywhere in the box.
/// </summary>
/// <remarks>
/// A dense last layer z = W h + b is not bounded by itself, which would forget that zⱼ and z_y come from one h (Gowal et al., On the
/// Effectiveness of Interval Bound Propagation, 2018, §3): with h within r of m, zⱼ − z_y ≤ (wⱼ − w_y)·m + bⱼ − b_y + |wⱼ − w_y|·r.
/// The last term is looked up in a table of all pairs of classes, which depends on the weights alone. Bounds are of real
/// arithmetic here: training aims, it does not prove.
/// </remarks>
internal static class WorstCase
{
    /// <summary>The table of pairs is not made beyond this many numbers.</summary>
    private const long LargestTable = 1 << 22;

    /// <param name="oneHot">1 at the target's class, in the shape of the scores.</param>
    /// <param name="box">The bounds of each input of the graph.</param>
    public static Term Scores(Term z, Term oneHot, Func<Node, Bounds> box)
    {
        if (LastLayer(z) is LastLayerOf last)
        {
            (Term lower, Term upper) = Bounds(z, last.Hidden, box);
            return Differences(last, (lower + upper) * 0.5f, (upper - lower) * 0.5f, oneHot);
        }

        (Term least, Term most) = Bounds(z, z.Node, box);
        return most + (oneHot * (least - most));
    }

    private static Term Differences(LastLayerOf last, Term centre, Term radius, Term oneHot)
    {
        var weights = new Term(centre.Graph, last.Weights);
        int width = weights.Shape[0].Value;
        int classes = weights.Shape[1].Value;
        Shape pairs = Shape.Of(width, classes, classes);
        Term apart = (weights.Over(pairs, 0, 2) - weights.Over(pairs, 0, 1)).Abs().Reshape(Shape.Of(width, classes * classes));
        Term reach = radius.Apply(new MatMul(), apart).Reshape(Shape.Of(Size.Batch, classes, classes));
        Term ofTarget = (reach * oneHot.Over(reach.Shape, 0, 1)).Sum(1);

        Term middle = centre.Apply(new MatMul(), weights);
        middle = last.Bias is null ? middle : middle + new Term(centre.Graph, last.Bias);
        return middle - (middle * oneHot).Sum(1).Along(middle, 1) + ofTarget;
    }

    private static (Term Lower, Term Upper) Bounds(Term z, Node of, Func<Node, Bounds> box)
    {
        Graph graph = z.Graph.Build([new GraphOutput("", of)]);
        Bounds bounds = Interval.Within(z.Graph, graph, box, Rounding.None)[0];
        return (new Term(z.Graph, bounds.Lower), new Term(z.Graph, bounds.Upper));
    }

    /// <summary>z = h W, or h W + b, of a vector h, with W and b of parameters alone; null if z is anything else.</summary>
    private static LastLayerOf? LastLayer(Term z)
    {
        (Node product, Node? bias) = z.Node.Op is Add ? (z.Node.Inputs[0], z.Node.Inputs[1]) : (z.Node, null);
        var known = new ParameterOnly();
        bool isDense = z.Shape.Rank == 2
            && product.Op is MatMul
            && known.Contains(product.Inputs[1])
            && (bias is null || known.Contains(bias));
        return isDense && z.Shape[1].Value * product.Inputs[1].Shape.ConstantLength <= LargestTable
            ? new LastLayerOf(product.Inputs[0], product.Inputs[1], bias)
            : null;
    }

    private sealed record LastLayerOf(Node Hidden, Node Weights, Node? Bias);
}
