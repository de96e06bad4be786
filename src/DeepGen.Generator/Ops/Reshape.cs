using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>The same elements in the same row-major order under another shape; symbols are kept, in their order.</summary>
internal sealed record Reshape(Shape Target) : Linear, IIntervalRule
{
    public override string Name => "reshape";

    public override string Attributes => Target.ToString();

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Shape source = Typing.Single(this, inputs);
        bool fits = source.ConstantLength == Target.ConstantLength
            && source.Where(s => !s.IsConstant).SequenceEqual(Target.Where(s => !s.IsConstant));
        Typing.Require(fits, this, $"cannot take {source} to {Target}");
        return ImmutableArray.Create(inputs[0] with { Shape = Target });
    }

    public override Primitive Bind(IReadOnlyDictionary<string, int> sizes) => this with { Target = Target.Bind(sizes) };

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs) =>
        ImmutableArray.Create(new DenseTensor(Target.Select(s => s.Value).ToImmutableArray(), inputs[0].Values));

    public override Node? Pull(Node y, int operand, Node dy, GradientBuilder g) => g.Reshape(dy, y.Inputs[0].Shape);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
