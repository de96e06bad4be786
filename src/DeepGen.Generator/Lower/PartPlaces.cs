using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Where the parts of a Concat are computed: in their places in the whole, so that nothing is copied, whoever else reads them.
/// What moves lie between a part and what computes it are undone in the place.
/// </summary>
internal sealed partial class GraphLowering
{
    /// <summary>Users come first here, so that the parts of a part find its place.</summary>
    private void PlaceParts(Scope scope, Dictionary<Node, View> places)
    {
        foreach (Node node in scope.Graph.Nodes.Reverse().Where(n => n.Op is Concat && Computes(scope, n)))
        {
            var concat = (Concat)node.Op;
            if (!places.TryGetValue(node, out View whole))
            {
                whole = NewView(node.Shape, BorderWith(scope, node, concat));
                places.Add(node, whole);
            }
            else if (!whole.Buffer.IsReadable)
            {
                // Whoever else reads a part could not.
                continue;
            }

            int start = 0;
            foreach (Node part in node.Inputs)
            {
                View place = PartOf(whole, concat, start, node.Shape);
                start += part.Shape[concat.Axis].Value;
                (Node source, View? at) = Unmoved(scope, part, place);
                bool mayLieThere = at is not null && Computes(scope, source) && HasRows(at, source.Shape)
                    && (scope.BorderOf(source).IsEmpty || at.Frame.Contains(scope.BorderOf(source)));
                if (mayLieThere && !places.ContainsKey(source))
                {
                    places.Add(source, at!);
                }
            }
        }
    }

    /// <summary>The zeros around an image are zeros around each of its channels, too.</summary>
    private static View PartOf(View whole, Concat concat, int start, Shape shape) => whole.Slice(concat.Axis, start, 1) with
    {
        PaddedRows = false,
        Frame = concat.Axis == shape.Rank - 1 ? whole.Frame : default,
    };

    /// <summary>As wide a border as the whole and its parts want.</summary>
    private static Border BorderWith(Scope scope, Node node, Concat concat) => concat.Axis == node.Shape.Rank - 1
        ? node.Inputs.Aggregate(scope.BorderOf(node), (border, part) => border.Union(scope.BorderOf(part)))
        : scope.BorderOf(node);

    /// <summary>What a moved value is made of, and where that lies if the value lies in a place; no place where strides cannot say it.</summary>
    private static (Node Source, View? Place) Unmoved(Scope scope, Node node, View place)
    {
        View? at = place;
        while (at is not null && node.Op is Reshape or Transpose && !scope.Views.ContainsKey(node) && !scope.Weights.ContainsKey(node))
        {
            at = node.Op is Transpose transpose
                ? at!.Permute(Permutation.Inverse(transpose.Permutation).Items)
                : at!.Reshape(node.Shape, node.Inputs[0].Shape);
            node = node.Inputs[0];
        }

        return (node, at);
    }

    /// <summary>Whether a part has been computed where it belongs.</summary>
    private static bool IsInPlace(Scope scope, Node part, View place)
    {
        (Node source, View? at) = Unmoved(scope, part, place);
        return at is not null && scope.Views.TryGetValue(source, out View lies) && lies.IsAt(at, source.Shape);
    }

    /// <summary>Kernels store whole vectors of neighbours.</summary>
    private static bool HasRows(View place, Shape shape) => shape.Rank == 0 || shape[shape.Rank - 1] == 1 || place.Strides[shape.Rank - 1] == 1;

    private bool Computes(Scope scope, Node node) =>
        node.Op is Elementwise or MatMul or Convolution or Reduce or Window or Concat or Pad
        && !IsGrowing(node) && !scope.IsDeferred(node) && !scope.Views.ContainsKey(node) && !scope.Weights.ContainsKey(node);
}
