namespace DeepGen.Generator.Layers;

/// <summary>y = (x − mean) / √(variance + ε) over the pixels or steps of each channel of a sample; if so wished · weight + bias.</summary>
internal sealed class InstanceNormLayer() : Layer("InstanceNorm", Argument.Flag("Affine", false), Normalisation.Epsilon, Normalisation.Init)
{
    public override Term? Apply(LayerCall call)
    {
        if (call.X.Sample.Rank < 2)
        {
            return call.WantsRank("a signal or an image");
        }

        int[] places = Enumerable.Range(2, call.X.Shape.Rank - 2).ToArray();
        Term normal = Normalisation.Of(call, x => x.Mean(places).Over(x.Shape, 0, 1));
        return call.Arguments.Flag("Affine") ? Normalisation.Affine(call, normal, 1) : normal;
    }
}
