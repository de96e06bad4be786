using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y[i…, r…] = table[index[i…], r…]: rows of a table by number.</summary>
internal sealed record Gather : Primitive, IGradientRule, IIntervalRule
{
    public override string Name => "gather";

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 2);
        (Shape table, Shape index) = (inputs[0].Shape, inputs[1].Shape);
        bool typed = inputs[0].Element == ElementType.Float32 && inputs[1].Element == ElementType.Int32;
        Typing.Require(typed, this, "takes an f32 table and i32 indices");
        Typing.ConstantAxis(this, table, 0);
        return ImmutableArray.Create(TensorType.Float(Shape.Of(index.Concat(table.Skip(1)))));
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        (DenseTensor table, DenseTensor index) = (inputs[0], inputs[1]);
        int row = Indexing.Length(table.Shape.RemoveAt(0));
        double[] values = new double[index.Values.Length * row];
        for (int i = 0; i < index.Values.Length; i++)
        {
            Array.Copy(table.Values, (int)index.Values[i] * row, values, i * row, row);
        }

        return ImmutableArray.Create(new DenseTensor(index.Shape.AddRange(table.Shape.Skip(1)), values));
    }

    public bool Carries(int operand) => operand == 0;

    public Node? Pull(Node y, int operand, Node dy, GradientBuilder g) =>
        g.Add(new ScatterAdd(y.Inputs[0].Shape[0].Value), y.Inputs[1], dy);

    public Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g) => g.Add(this, dx[0]!, y.Inputs[1]);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
