namespace DeepGen.Generator.Layers;

/// <summary>y = x / √(mean of x² + ε) · weight over the last axis of a vector or a sequence.</summary>
internal sealed class RmsNormLayer() : Layer("RmsNorm", Normalisation.Epsilon, Normalisation.Init)
{
    public override Term? Apply(LayerCall call)
    {
        Term x = call.X;
        int rank = x.Sample.Rank;
        if (rank is 0 or > 2)
        {
            return call.WantsRank("a vector or a sequence");
        }

        Term square = (x * x).Mean(rank).Along(x, rank);
        Term normal = x / (square + call.Arguments.Real("Epsilon")).Sqrt();
        return normal * call.Parameter("weight", Normalisation.FirstWeight(call), 1, true, x.Shape[rank].Value).Over(x.Shape, rank);
    }
}
