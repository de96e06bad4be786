using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>
/// y = a [u ≥ rate] / (1 − rate), entry by entry of a sparse matrix, u being the <see cref="Noise"/> of the entry's sample and
/// column: the same numbers that would be drawn were the matrix dense.
/// </summary>
internal sealed record SparseDropout(float Rate) : Primitive, IGradientRule
{
    public override string Name => "sparse_dropout";

    public override string Attributes => "rate=" + FloatText.Of(Rate);

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 2);
        bool typed = inputs[0].Element == ElementType.Sparse && inputs[1].Equals(TensorType.Float(2));
        Typing.Require(typed, this, "takes a sparse matrix and a key of two numbers");
        return ImmutableArray.Create(inputs[0]);
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        (DenseTensor a, DenseTensor key) = (inputs[0], inputs[1]);
        int columns = a.Shape[a.Shape.Length - 1];
        float scale = 1 / (1 - Rate);
        double[] y = a.Values.Select((v, e) => Noise.Uniform(Noise.Bits(
            (uint)key.Values[0], (uint)key.Values[1], (uint)(e / columns), (uint)(e % columns))) >= Rate ? (double)((float)v * scale) : 0).ToArray();
        return ImmutableArray.Create(new DenseTensor(a.Shape, y));
    }

    public bool Carries(int operand) => false;

    public Node? Pull(Node y, int operand, Node dy, GradientBuilder g) => null;

    public Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g) => null;
}
