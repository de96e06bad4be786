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
            ? call.X.Filled(most).Minimum(call.X.Filled(least).Maximum(call.X))
            : call.ReportAt("Max", "DG0023", "Max", ShapeWords.Number(most), $"greater than Min, {ShapeWords.Number(least)}");
    }
}
