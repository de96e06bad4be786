using System.Collections.Immutable;
using DeepGen.Generator.Check;

namespace DeepGen.Generator.Layers;

/// <summary>The axes in another order: the output's axis i is the input's axis permutation[i].</summary>
internal sealed class TransposeLayer() : Layer("Transpose", Argument.List("Permutation"))
{
    public override Term? Apply(LayerCall call)
    {
        int rank = call.X.Sample.Rank;
        ImmutableArray<int> written = call.Arguments.List("Permutation");
        int[] axes = written.Select(a => a < 0 ? a + rank : a).ToArray();
        if (!axes.OrderBy(a => a).SequenceEqual(Enumerable.Range(0, rank)))
        {
            string order = string.Join(", ", written.Select(a => ShapeWords.Number(a)));
            return call.ReportAt("Permutation", "DG0022", Kind, $"({order}) does not name every axis of {ShapeWords.Of(call.X.Sample)} once");
        }

        call.FlopsPerValue = 0;
        return call.X.Transpose(axes.Select(a => a + 1).Prepend(0).ToArray());
    }
}
