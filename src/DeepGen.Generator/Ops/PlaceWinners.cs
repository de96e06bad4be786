using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>
/// y[b, i·stride + p, j·stride + q, c] = d[b, i, j, c] where tap[b, i, j, c] = p·width + q, zero elsewhere: of each window one
/// element gets the window's value, and tap, a whole number, says which. Windows do not overlap.
/// </summary>
internal sealed record PlaceWinners(EquatableArray<int> Size, EquatableArray<int> Stride, int Height, int Width) : Primitive, IGradientRule
{
    public override string Name => "place_winners";

    public override string Attributes => FormattableString.Invariant(
        $"size={string.Join(",", Size)} stride={string.Join(",", Stride)} image={Height},{Width}");

    /// <summary>The elements of a window.</summary>
    public int Taps => Size[0] * Size[1];

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 2);
        Typing.Floats(this, inputs);
        (Shape d, Shape tap) = (inputs[0].Shape, inputs[1].Shape);
        Typing.Require(d.Rank == 4 && d.Equals(tap), this, $"cannot take {d} and {tap}");
        bool apart = Size.All(s => s >= 1) && Stride[0] >= Size[0] && Stride[1] >= Size[1];
        bool fits = Reach(d, 0) <= Height && Reach(d, 1) <= Width;
        Typing.Require(apart && fits, this, $"({Attributes}) has no place for {d}");
        return ImmutableArray.Create(TensorType.Float(d[0], Height, Width, d[3]));
    }

    private int Reach(Shape d, int side) => ((Typing.ConstantAxis(this, d, 1 + side) - 1) * Stride[side]) + Size[side];

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        (DenseTensor d, DenseTensor tap) = (inputs[0], inputs[1]);
        (int rows, int columns, int channels) = (d.Shape[1], d.Shape[2], d.Shape[3]);
        var shape = ImmutableArray.Create(d.Shape[0], Height, Width, channels);
        double[] y = new double[Indexing.Length(shape)];
        for (int i = 0; i < d.Values.Length; i++)
        {
            int channel = i % channels, window = i / channels;
            int column = window % columns, row = window / columns % rows, image = window / columns / rows;
            for (int t = 0; t < Taps; t++)
            {
                if (tap.Values[i] == t)
                {
                    int h = (row * Stride[0]) + (t / Size[1]), w = (column * Stride[1]) + (t % Size[1]);
                    y[((((image * Height) + h) * Width) + w) * channels + channel] = d.Values[i];
                }
            }
        }

        return ImmutableArray.Create(new DenseTensor(shape, y));
    }

    public bool Carries(int operand) => operand == 0;

    public Node? Pull(Node y, int operand, Node dy, GradientBuilder g) => WindowGradient.Picked(Size, Stride, dy, y.Inputs[1], g);

    public Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g) => g.Add(this, dx[0]!, y.Inputs[1]);
}
