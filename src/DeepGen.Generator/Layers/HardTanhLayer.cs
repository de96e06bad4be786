using DeepGen.Generator.Check;

namespace DeepGen.Generator.Layers;

/// <summary>y = min(max(x, Min), Max).</summary>
internal sealed class HardTanhLayer() : Layer("HardTanh", Argument.Real("Min", -1), Argument.Real("Max", 1))
{
    public override Term? Apply(LayerCall call)
    {
        float least = call.Arguments.Real("Min");
        float most = call.Arguments.Real("Max");
        return least < most
            ? Kept(call.X, least, most)
            : call.ReportAt("Max", "DG0023", "Max", ShapeWords.Number(most), $"greater than Min, {ShapeWords.Number(least)}");
    }

    /// <summary>Between two numbers, in this order: what is not a number stays so.</summary>
    public static Term Kept(Term x, float least, float most) => x.Filled(most).Minimum(x.Filled(least).Maximum(x));
}

/// <summary>y = min(max(x, 0), 6).</summary>
internal sealed class Relu6Layer() : Layer("Relu6")
{
    public override Term? Apply(LayerCall call) => HardTanhLayer.Kept(call.X, 0, 6);
}
