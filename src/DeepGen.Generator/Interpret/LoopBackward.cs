using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret;

internal sealed class LoopBackward
{
    public LoopBackward(Repeat repeat, ImmutableArray<bool> variedInputs, ImmutableArray<bool> neededOutputs)
    {
        throw new IrException("repeat has no gradient rule.");
    }

    public Repeat Forward { get; }

    public ImmutableArray<Node?> Pull(Node loop, Node?[] dy, GradientBuilder g) => throw new IrException(loop.Op.Name);
}
