using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>
/// y[n, r…] = Σ over the i… with index[i…] = n of a[i…, r…], for n below Rows: rows added up by number, over the whole batch.
/// </summary>
internal sealed record ScatterAdd(int Rows) : Primitive, IGradientRule
{
    public override string Name => "scatter_add";

    public override string Attributes => FormattableString.Invariant($"rows={Rows}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 2);
        (Shape index, Shape a) = (inputs[0].Shape, inputs[1].Shape);
        bool typed = inputs[0].Element == ElementType.Int32 && inputs[1].Element == ElementType.Float32;
        Typing.Require(typed, this, "takes i32 indices and f32 values");
        bool fits = a.Rank >= index.Rank && index.SequenceEqual(a.Take(index.Rank));
        Typing.Require(fits && Rows >= 1, this, $"cannot add up {a} by {index}");
        return ImmutableArray.Create(TensorType.Float(Shape.Of(a.Skip(index.Rank).Prepend(Rows))));
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        (DenseTensor index, DenseTensor a) = (inputs[0], inputs[1]);
        var shape = a.Shape.RemoveRange(0, index.Shape.Length).Insert(0, Rows);
        int row = Indexing.Length(shape) / Rows;
        double[] y = new double[Rows * row];
        for (int i = 0; i < a.Values.Length; i++)
        {
            y[((int)index.Values[i / row] * row) + (i % row)] += a.Values[i];
        }

        return ImmutableArray.Create(new DenseTensor(shape, y));
    }

    public bool Carries(int operand) => operand == 1;

    public Node? Pull(Node y, int operand, Node dy, GradientBuilder g) => g.Add(new Gather(), dy, y.Inputs[0]);

    public Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g) => g.Add(this, y.Inputs[0], dx[1]!);
}
