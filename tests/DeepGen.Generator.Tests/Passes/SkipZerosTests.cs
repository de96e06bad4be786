using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Generator.Tests.Passes;

public sealed class SkipZerosTests
{
    private readonly Sketch _s = new();

    [Fact]
    public void Half_of_what_is_above_a_threshold_is_zero() => Skips(Product(_s.Relu(_s.Image(100))));

    [Fact]
    public void So_may_be_much_of_what_comes_in() => Skips(Product(_s.Image(100)));

    [Fact]
    public void Not_of_what_comes_into_a_loop()
    {
        Node[] made = _s.Repeat(3, [_s.Image(300)], [], [_s.Parameter("w", 300, 300)], (body, x) => [body.Add(new MatMul(), x[0], x[1])]);
        Assert.False(InLoop(SkipZeros.Run(_s.Graph(made))).SkipsZeros);
    }

    [Fact]
    public void A_threshold_elsewhere_makes_no_zeros()
    {
        Node x = _s.Image(100);
        Multiplies(Product(_s.Add(new Maximum(), x, _s.Number(0.1f, x.Shape))));
    }

    [Fact]
    public void What_a_mask_is_multiplied_by()
    {
        Node x = _s.Image(100);
        Skips(Product(_s.Add(new Multiply(), Full(100), _s.Add(new Compare(Comparison.Less), _s.Number(0, x.Shape), x))));
    }

    [Theory]
    [InlineData(0.5f, true)]
    [InlineData(0.1f, false)]
    public void Dropout_zeroes_as_much_as_it_is_told_to(float rate, bool skips)
    {
        Node noise = _s.Add(new Noise(Shape.Of(Size.Batch, 100)), _s.Input(2));
        Node product = Product(_s.Add(new Multiply(), Full(100), _s.Add(new Compare(Comparison.LessOrEqual), _s.Number(rate, noise.Shape), noise)));
        Assert.Equal(skips, SkipsIn(product));
    }

    [Fact]
    public void What_functions_make_zero_of_zero()
    {
        Node x = _s.Relu(_s.Image(100));
        Skips(Product(_s.Add(new Tanh(), x)));
        Skips(Product(_s.Add(new Minimum(), _s.Number(6, x.Shape), x)));
        Skips(Product(_s.Add(new Minimum(), x, _s.Number(6, x.Shape))));
        Skips(Product(_s.Add(new Maximum(), _s.Number(-1, x.Shape), x)));
        Multiplies(Product(_s.Add(new Exp(), x)));
        Multiplies(Product(_s.Add(new Minimum(), _s.Image(100), x)));
        Multiplies(Product(_s.Add(new Minimum(), _s.Number(-1, x.Shape), x)));
    }

    [Fact]
    public void A_product_that_has_no_zeros_any_more_multiplies() => Multiplies(_s.Add(new MatMul { SkipsZeros = true }, Full(100), _s.Parameter("w", 100, 300)));

    [Fact]
    public void Views_have_the_zeros_of_what_they_show()
    {
        Node x = _s.Relu(_s.Image(100));
        Skips(_s.Add(new MatMul(), _s.Transpose(x, 1, 0), _s.Image(300)));
        Skips(Product(_s.Reshape(_s.Relu(_s.Image(40, 25)), Size.Batch, 1000), depth: 1000));
    }

    [Theory]
    [InlineData(100, 63)]
    [InlineData(63, 300)]
    public void Small_products_are_left_alone(int depth, int columns) => Multiplies(Product(_s.Relu(_s.Image(depth)), depth, columns));

    [Theory]
    [InlineData(64)]
    [InlineData(255)]
    public void Smaller_ones_skip_where_a_batch_may_be_one_sample(int columns)
    {
        Skips(Product(_s.Relu(_s.Image(100)), columns: columns));
        Multiplies(_s.Add(new MatMul(), _s.Transpose(_s.Relu(_s.Image(100)), 1, 0), _s.Image(columns)));
    }

    [Fact]
    public void Within_a_loop_as_well()
    {
        Node[] made = _s.Repeat(3, [_s.Image(300)], [], [_s.Parameter("w", 300, 300)], (body, x) => [body.Add(new MatMul(), body.Relu(x[0]), x[1])]);
        Graph after = SkipZeros.Run(_s.Graph(made));
        Assert.True(InLoop(after).SkipsZeros);
    }

    private static MatMul InLoop(Graph graph) => graph.Nodes.Select(n => n.Op).OfType<Repeat>().Single().Body.Nodes.Select(n => n.Op).OfType<MatMul>().Single();

    /// <summary>None of it is zero.</summary>
    private Node Full(int size) => _s.Add(new Exp(), _s.Image(size));

    private Node Product(Node x, int depth = 100, int columns = 300) => _s.Add(new MatMul(), x, _s.Parameter("w", depth, columns));

    private void Skips(Node product) => Assert.True(SkipsIn(product));

    private void Multiplies(Node product) => Assert.False(SkipsIn(product));

    private bool SkipsIn(Node product) => Meaning.After(SkipZeros.Run, _s.Graph(product)).Nodes.Select(n => n.Op).OfType<MatMul>().Single().SkipsZeros;
}
