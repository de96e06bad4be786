using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Generator.Lower;

/// <summary>
/// A copy of a value that is another one moved about, from where that one lies at once to where the copy goes: moves are undone in
/// the place instead of done to the value. Both sides are seen along axes fine enough for all of them, as where rows of a matrix are
/// the pixels of an image.
/// </summary>
internal sealed partial class GraphLowering
{
    /// <summary>Whether strides could say it; if not, nothing is emitted.</summary>
    private bool CopyMoved(Scope scope, Node node, View target)
    {
        if (node.Shape.HasBatch)
        {
            return false;
        }

        // The elements of node in order are those of place in the order of shape.
        (Node source, Shape shape, View place) = (node, node.Shape, target);
        while (!scope.Views.ContainsKey(source) && !scope.Weights.ContainsKey(source) && source.Op is Reshape or Transpose)
        {
            if (source.Op is Transpose transpose)
            {
                if (Refined(shape, source.Shape) is not { } split || place.Reshape(shape, split) is not { } seen)
                {
                    return false;
                }

                ImmutableArray<int> order = Groups(split, source.Shape, Permutation.Inverse(transpose.Permutation).Items);
                (shape, place) = (split.Permute(order), seen.Permute(order));
            }

            source = source.Inputs[0];
        }

        if (source == node || Refined(shape, source.Shape) is not { } fine
            || place.Reshape(shape, fine) is not { } to || ViewOf(scope, source).Reshape(source.Shape, fine) is not { } from)
        {
            return false;
        }

        EmitNest(Title(node), fine, to, Shape.Scalar, null, new LoadExpression(from), null);
        return true;
    }

    /// <summary>The coarsest shape of which both are joined axes; null if there is none.</summary>
    private static Shape? Refined(Shape a, Shape b)
    {
        var inner = new SortedSet<long>(Inner(a).Concat(Inner(b)));
        long whole = a.ConstantLength;
        var sizes = new List<int>();
        foreach (long part in inner.Reverse().Where(p => p < whole))
        {
            if (whole % part != 0)
            {
                return null;
            }

            sizes.Add((int)(whole / part));
            whole = part;
        }

        return Shape.OfConstants(sizes);

        // How many elements lie inside each element of an axis.
        static IEnumerable<long> Inner(Shape shape)
        {
            long length = 1;
            for (int axis = shape.Rank - 1; axis >= 0; axis--)
            {
                yield return length;
                length *= shape[axis].Value;
            }
        }
    }

    /// <summary>The axes of a refined shape, those of each axis of the coarse one together, in the order given for the coarse ones.</summary>
    private static ImmutableArray<int> Groups(Shape fine, Shape coarse, ImmutableArray<int> order)
    {
        var groups = new List<List<int>>();
        int next = 0;
        foreach (Size size in coarse)
        {
            var group = new List<int>();
            for (long length = 1; length < size.Value; length *= fine[next++].Value)
            {
                group.Add(next);
            }

            groups.Add(group);
        }

        return order.SelectMany(axis => groups[axis]).ToImmutableArray();
    }
}
