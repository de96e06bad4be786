using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>What a product leaves out, as positions that see only those before them do.</summary>
internal enum Triangle
{
    None,

    /// <summary>y[m, n] is wanted for n ≤ m alone: whoever reads it has to put something in place of the rest.</summary>
    Result,

    /// <summary>a[m, k] is zero for k > m: whoever makes it sees to that.</summary>
    Left,

    /// <summary>a[m, k] is zero for k below m.</summary>
    LeftTransposed,
}

/// <summary>The gradients of products with triangles are products with triangles.</summary>
internal static class Triangles
{
    public static Node Pull(Triangle triangle, Node a, Node b, int operand, Node dy, GradientBuilder g)
    {
        switch (triangle, operand)
        {
            case (Triangle.Result, 0):
                return g.Add(new MatMul(1, Triangle.Left), Lower(dy, g), g.TransposeMatrices(b));
            case (Triangle.Result, _):
                return g.TransposeMatrices(g.Add(new MatMul(1, Triangle.LeftTransposed), g.TransposeMatrices(Lower(dy, g)), a));
            case (Triangle.Left, 0):
                return Lower(g.Add(new MatMul(1, Triangle.Result), dy, g.TransposeMatrices(b)), g);
            case (Triangle.Left, _):
                return g.Add(new MatMul(1, Triangle.LeftTransposed), g.TransposeMatrices(Lower(a, g)), dy);
            case (_, 0):
                return g.TransposeMatrices(Lower(g.Add(new MatMul(1, Triangle.Result), b, g.TransposeMatrices(dy)), g));
            default:
                return g.Add(new MatMul(1, Triangle.Left), Lower(g.TransposeMatrices(a), g), dy);
        }
    }

    /// <summary>Bounds of what counts, zero beyond the diagonal.</summary>
    public static Bounds Kept(Bounds x, Triangle triangle, BoundBuilder b)
    {
        int last = x.Shape.Rank - 1;
        bool isTransposed = triangle == Triangle.LeftTransposed;
        Node Along(int axis) => b.Add(new Broadcast(x.Shape, Support.EquatableArray.Of(axis)), b.Add(new Positions(x.Shape[axis])));
        Node counts = b.LessOrEqual(Along(isTransposed ? last - 1 : last), Along(isTransposed ? last : last - 1));
        Node zero = b.Filled(0, x.Lower);
        return x.IsPoint
            ? new Bounds(b.Select(counts, x.Lower, zero))
            : new Bounds(b.Select(counts, x.Lower, zero), b.Select(counts, x.Upper, zero));
    }

    /// <summary>x below the diagonal and on it, zero above.</summary>
    private static Node Lower(Node x, GradientBuilder g)
    {
        int rank = x.Shape.Rank;
        Node Along(int axis) => g.Add(new Broadcast(x.Shape, Support.EquatableArray.Of(axis)), g.Add(new Positions(x.Shape[axis])));
        Node isSeen = g.Add(new Compare(Comparison.LessOrEqual), Along(rank - 1), Along(rank - 2));
        return AboveValue(x) == 0 ? x : g.Select(isSeen, x, g.Zero(x));
    }

    /// <summary>The number that stands everywhere above the diagonal of the last two axes; null where there is no such number, or none is known.</summary>
    public static float? AboveValue(Node node)
    {
        switch (node.Op)
        {
            case Compare { Kind: Comparison.LessOrEqual }:
                int rank = node.Shape.Rank;
                return PositionsAxis(node.Inputs[0]) == rank - 1 && PositionsAxis(node.Inputs[1]) == rank - 2 ? 0 : null;
            case Select when AboveValue(node.Inputs[0]) == 0:
                return Uniform(node.Inputs[2]);
            case Exp when AboveValue(node.Inputs[0]) < -200:
                return 0;
            case Multiply or Divide when Uniform(node.Inputs[1]) is { } factor && factor != 0 && AboveValue(node.Inputs[0]) == 0:
                return 0;
            default:
                return null;
        }
    }

    /// <summary>The axis along which a value is nothing but the positions.</summary>
    private static int PositionsAxis(Node node) =>
        node is { Op: Broadcast { Axes.Count: 1 } broadcast } && node.Inputs[0].Op is Positions ? broadcast.Axes[0] : -1;

    private static float? Uniform(Node node) => node.Op switch
    {
        Constant { Values.Count: 1 } constant => constant.Values[0],
        Broadcast => Uniform(node.Inputs[0]),
        _ => null,
    };
}
