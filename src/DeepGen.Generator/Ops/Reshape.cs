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
            && source.Where(s => !s.IsConstant).SequenceEqual(Target.Where(s => !s.IsConstant))
            && BeforeOpen(source).SequenceEqual(BeforeOpen(Target));
        Typing.Require(fits, this, $"cannot take {source} to {Target}");
        return ImmutableArray.Create(inputs[0] with { Shape = Target });
    }

    /// <summary>How many elements come before each size known at run time only: these cannot be joined with others.</summary>
    private static IEnumerable<long> BeforeOpen(Shape shape) =>
        Enumerable.Range(0, shape.Rank).Where(a => shape[a].IsOpen).Select(a => Shape.Of(shape.Take(a).Where(s => !s.IsOpen)).ConstantLength);

    public override Primitive Bind(IReadOnlyDictionary<string, int> sizes) => this with { Target = Target.Bind(sizes) };

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs) =>
        ImmutableArray.Create(new DenseTensor(Target.Select(s => s.Value).ToImmutableArray(), inputs[0].Values));

    public override Node? Pull(Node y, int operand, Node dy, GradientBuilder g) => g.Reshape(dy, y.Inputs[0].Shape);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
