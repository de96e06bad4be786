using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>
/// All rows of a sequence so far, Time of them along Axis, where none had come before. Compiled code also puts them where
/// <see cref="Remember"/> finds them with the next one.
/// </summary>
internal sealed record RememberAll(int Axis, Size Time) : Primitive, IIntervalRule
{
    public override string Name => "remember_all";

    public override string Attributes => FormattableString.Invariant($"axis={Axis} {Time}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 2);
        (Shape past, Shape rows) = (inputs[0].Shape, inputs[1].Shape);
        Typing.Axis(this, rows, Axis);
        bool fits = rows[Axis] == Time && past.Rank == rows.Rank && past[Axis].IsConstant && past[Axis].Value >= Time.Value && past.With(Axis, Time).Equals(rows);
        Typing.Require(fits, this, $"cannot put {rows} into {past}");
        return ImmutableArray.Create(inputs[1]);
    }

    public override Primitive Bind(IReadOnlyDictionary<string, int> sizes) => this with { Time = Time.Bind(sizes) };

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs) => ImmutableArray.Create(inputs[1]);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
