using DeepGen.Generator.Check;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>y = W₃ (silu(W₁ x) · W₂ x) along the last axis (Shazeer 2020).</summary>
internal sealed class SwiGluLayer() : Layer("SwiGlu", Argument.Size("Hidden"), Argument.Flag("Bias", false), Initialisation.Argument("Init"))
{
    public override Term? Apply(LayerCall call)
    {
        Term x = call.X;
        int rank = x.Sample.Rank;
        if (rank is 0 or > 2)
        {
            return call.WantsRank("a vector or a sequence");
        }

        int inputs = x.Sample[rank - 1].Value;
        long wanted = call.Arguments.Has("Hidden") ? call.Arguments.Whole("Hidden") : 4L * inputs;
        if (!call.Fits("the value in between", x.SampleLength / inputs, wanted))
        {
            return null;
        }

        int hidden = (int)wanted;
        bool hasBias = call.Arguments.Flag("Bias");
        call.FlopsPerValue = 6L * hidden;
        Term gate = call.Project(x, "gate_proj", hidden, hasBias).Apply(new Silu());
        return call.Project(gate * call.Project(x, "up_proj", hidden, hasBias), "down_proj", inputs, hasBias);
    }
}
