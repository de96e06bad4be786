using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Generator.Tests.Passes;

public sealed class FoldScaleTests
{
    private readonly Sketch _s = new();

    [Fact]
    public void A_scale_goes_into_the_weight_and_a_shift_into_the_bias()
    {
        Node y = Linear();
        y = _s.Add(new Add(), y, Channels("b"));
        y = _s.Add(new Multiply(), Channels("a"), y);
        y = _s.Add(new Subtract(), y, Channels("c"));
        Meaning.Becomes(FoldScale.Run, _s.Graph(y), """
            %0 = input 0 x0 : f32[B,3]
            %1 = parameter w : f32[3,4]
            %2 = parameter b : f32[4]
            %3 = parameter a : f32[4]
            %4 = multiply %2, %3 : f32[4]
            %5 = broadcast %3  [3,4] axes=1 : f32[3,4]
            %6 = multiply %1, %5 : f32[3,4]
            %7 = matmul %0, %6 : f32[B,4]
            %8 = parameter c : f32[4]
            %9 = subtract %4, %8 : f32[4]
            %10 = broadcast %9  [B,4] axes=1 : f32[B,4]
            %11 = add %7, %10 : f32[B,4]
            return y0=%11
            """);
    }

    [Fact]
    public void Every_affine_step_folds()
    {
        Node y = _s.Add(new Negate(), _s.Add(new Divide(), Linear(), Channels("variance")));
        y = _s.Add(new Subtract(), Channels("b"), _s.Add(new Multiply(), y, _s.Number(3, y.Shape)));
        Graph after = Meaning.After(FoldScale.Run, _s.Graph(_s.Add(new Negate(), y)));
        Assert.Equal(["matmul", "broadcast", "add"], after.Nodes.Where(n => n.Shape.FirstOrDefault() == Size.Batch).Select(n => n.Op.Name).Skip(1));
    }

    [Fact]
    public void Batch_normalisation_after_a_convolution_vanishes()
    {
        Node y = _s.Convolution(_s.Image(3, 4, 4), _s.Parameter("w", 2, 3, 3, 3), _s.Parameter("b", 2), 1);
        y = _s.BatchNorm(y, _s.Parameter("gamma", 2), _s.Parameter("beta", 2), _s.Parameter("mean", 2), _s.Parameter("variance", 2));
        Graph after = Meaning.After(Pipeline.Optimise, _s.Graph(y));
        var images = after.Nodes.Where(n => n.Shape.Rank == 4 && n.Shape[0] == Size.Batch).Select(n => n.Op.Name);
        Assert.Equal(["input", "transpose", "convolution", "broadcast", "add", "transpose"], images);
    }

    [Fact]
    public void A_value_somebody_else_needs_is_left_alone()
    {
        Node y = Linear();
        Graph graph = _s.Graph(_s.Add(new Multiply(), y, Channels("a")), y);
        Assert.Equal(GraphPrinter.Print(graph), GraphPrinter.Print(Meaning.After(FoldScale.Run, graph)));
    }

    [Fact]
    public void A_scale_that_depends_on_the_input_or_on_the_place_is_left_alone()
    {
        Node y = Linear();
        Node rows = _s.Input(Size.Batch, 7, 3);
        Node z = _s.Add(new MatMul(), rows, _s.Parameter("w", 3, 4));
        Graph graph = _s.Graph(
            _s.Add(new Multiply(), y, _s.Input(Size.Batch, 4)),
            _s.Add(new Multiply(), z, _s.Broadcast(_s.Parameter("p", 7), z.Shape, 1)),
            _s.Add(new Tanh(), _s.Add(new Maximum(), y, Channels("m"))));
        Assert.Equal(GraphPrinter.Print(graph), GraphPrinter.Print(Meaning.After(FoldScale.Run, graph)));
    }

    [Fact]
    public void Slices_of_parameters_in_a_loop_fold_as_well()
    {
        Node x = _s.Image(3);
        Node[] y = _s.Repeat(4, [x], [_s.Parameter("w", 4, 3, 3), _s.Parameter("a", 4, 3)], [_s.Parameter("c", 3)], (b, i) =>
        {
            Node z = b.Add(new MatMul(), i[0], i[1]);
            z = b.Add(new Multiply(), z, b.Broadcast(i[2], z.Shape, 1));
            return [b.Add(new Multiply(), z, b.Broadcast(i[3], z.Shape, 1))];
        });
        Graph after = Meaning.After(FoldScale.Run, _s.Graph(y));
        Assert.Equal(0, Meaning.Count<Multiply>(after, n => n.Shape[0] == Size.Batch));
    }

    private Node Linear() => _s.Add(new MatMul(), _s.Image(3), _s.Parameter("w", 3, 4));

    private Node Channels(string path) => _s.Broadcast(_s.Parameter(path, 4), Shape.Of(Size.Batch, 4), 1);
}
