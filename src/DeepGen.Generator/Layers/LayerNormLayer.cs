namespace DeepGen.Generator.Layers;

/// <summary>
/// y = (x − mean) / √(variance + ε) · weight + bias over the last axis of a vector or a sequence, over all axes of an image.
/// </summary>
internal sealed class LayerNormLayer() : Layer("LayerNorm", Normalisation.Epsilon, Normalisation.Init)
{
    public override Term? Apply(LayerCall call)
    {
        int rank = call.X.Sample.Rank;
        if (rank == 0)
        {
            return call.WantsRank("a vector, a sequence or an image");
        }

        int[] axes = rank < 3 ? [rank] : Enumerable.Range(1, rank).ToArray();
        int[] kept = Enumerable.Range(0, rank + 1).Except(axes).ToArray();
        Term normal = Normalisation.Of(call, x => x.Mean(axes).Over(x.Shape, kept));
        return Normalisation.Affine(call, normal, axes);
    }
}
