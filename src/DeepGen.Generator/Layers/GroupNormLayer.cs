using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Layers;

/// <summary>y = (x − mean) / √(variance + ε) · weight + bias over each group of neighbouring channels.</summary>
internal sealed class GroupNormLayer() : Layer("GroupNorm", Argument.Size("Groups"), Normalisation.Epsilon, Normalisation.Init)
{
    public override Term? Apply(LayerCall call)
    {
        int groups = call.Arguments.Whole("Groups");
        if (groups == 0)
        {
            return call.ReportAt("Groups", "DG0005", "Groups", "0");
        }

        if (call.X.Sample.Rank == 0)
        {
            return call.WantsRank("a vector, a sequence or an image");
        }

        int channels = call.X.Sample[0].Value;
        if (channels % groups != 0)
        {
            return call.ReportAt("Groups", "DG0007", Kind, ShapeWords.Number(channels), ShapeWords.Number(groups));
        }

        Term normal = Normalisation.Of(call, x => MeanOverGroup(x, groups));
        return Normalisation.Affine(call, normal, 1);
    }

    /// <summary>Means of channels first, then of groups: the image itself is never reshaped, so its layout stays free.</summary>
    private static Term MeanOverGroup(Term x, int groups)
    {
        Size channels = x.Shape[1];
        Shape grouped = Shape.Of(Size.Batch, groups, channels.Value / groups);
        return x.Mean(Enumerable.Range(2, x.Shape.Rank - 2).ToArray())
            .Reshape(grouped)
            .Mean(2)
            .Over(grouped, 0, 1)
            .Reshape(Shape.Of(Size.Batch, channels))
            .Over(x.Shape, 0, 1);
    }
}
