using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Generator.Tests.Passes;

public sealed class WiderSideTests
{
    private readonly Sketch _s = new();

    [Fact]
    public void Few_columns_become_rows() => Meaning.Becomes(WiderSide.Run, _s.Graph(OverBatch(16, 7)), """
        %0 = input 0 x0 : f32[B,16]
        %1 = input 1 x1 : f32[B,7]
        %2 = transpose %1  1,0 : f32[7,B]
        %3 = matmul %2, %0 : f32[7,16]
        %4 = transpose %3  1,0 : f32[16,7]
        return y0=%4
        """);

    [Theory]
    [InlineData(7, 16)]
    [InlineData(16, 16)]
    [InlineData(16, 13)]
    [InlineData(17, 7)]
    public void A_product_that_would_save_little_is_left_alone(int rows, int columns)
    {
        Graph graph = _s.Graph(OverBatch(rows, columns));
        Assert.Equal(GraphPrinter.Print(graph), GraphPrinter.Print(Meaning.After(WiderSide.Run, graph)));
    }

    [Fact]
    public void A_product_of_every_sample_is_left_alone()
    {
        Graph graph = _s.Graph(_s.Add(new MatMul(), _s.Input(Size.Batch, 16, 5), _s.Input(Size.Batch, 5, 7)), _s.Dense(_s.Input(Size.Batch, 16), "d", 7));
        Assert.Equal(GraphPrinter.Print(graph), GraphPrinter.Print(Meaning.After(WiderSide.Run, graph)));
    }

    [Fact]
    public void Within_a_loop_as_well()
    {
        Node[] made = _s.Repeat(3, [_s.Input(Size.Batch, 16)], [], [_s.Input(Size.Batch, 7)], (body, x) =>
            [body.Add(new Multiply(), x[0], x[0]), body.Add(new MatMul(), body.Transpose(x[0], 1, 0), x[1])]);
        Graph after = Meaning.After(WiderSide.Run, _s.Graph(made));
        Node product = after.Nodes.Select(n => n.Op).OfType<Repeat>().Single().Body.Nodes.Single(n => n.Op is MatMul);
        Assert.Equal(Shape.Of(7, 16), product.Shape);
    }

    private Node OverBatch(int rows, int columns)
    {
        Node x = _s.Input(Size.Batch, rows);
        return _s.Add(new MatMul(), _s.Transpose(x, 1, 0), _s.Input(Size.Batch, columns));
    }
}
