using DeepGen.Generator.Check;

namespace DeepGen.Generator.Layers;

/// <summary>y = block(x): a block once, in place.</summary>
internal sealed class UseLayer() : Layer("Use")
{
    public override int? Operands => null;

    public override bool TakesSparse => true;

    public override string Title(LayerCall call) => call.Block.ShortName();

    public override Term? Apply(LayerCall call)
    {
        call.FlopsPerValue = 0;
        if (call.HasBlock && call.Operands.Length != call.Block.Inputs.Count)
        {
            return call.Report("DG0016", call.Block.ShortName(), $"{call.Block.Inputs.Count} tensors", $"{call.Operands.Length}");
        }

        return call.ApplyBlock(call.Scope, call.Operands);
    }
}
