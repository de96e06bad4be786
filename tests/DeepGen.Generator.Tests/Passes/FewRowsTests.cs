using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Tests.Passes;

public sealed class FewRowsTests
{
    private readonly Sketch _s = new();

    [Fact]
    public void Rows_of_all_samples_are_multiplied_together() => Meaning.Becomes(FewRows.Run, _s.Graph(Product(rows: 2)), """
        %0 = input 0 x0 : f32[B,2,6]
        %1 = parameter w : f32[6,5]
        %2 = slice %0  axis=1 start=0 length=1 step=1 : f32[B,1,6]
        %3 = reshape %2  [B,6] : f32[B,6]
        %4 = matmul %3, %1 : f32[B,5]
        %5 = reshape %4  [B,1,5] : f32[B,1,5]
        %6 = slice %0  axis=1 start=1 length=1 step=1 : f32[B,1,6]
        %7 = reshape %6  [B,6] : f32[B,6]
        %8 = matmul %7, %1 : f32[B,5]
        %9 = reshape %8  [B,1,5] : f32[B,1,5]
        %10 = concat %5, %9  axis=1 : f32[B,2,5]
        return y0=%10
        """);

    [Fact]
    public void One_row_of_a_sample_is_the_sample() => Meaning.Becomes(FewRows.Run, _s.Graph(Product(rows: 1)), """
        %0 = input 0 x0 : f32[B,1,6]
        %1 = parameter w : f32[6,5]
        %2 = reshape %0  [B,6] : f32[B,6]
        %3 = matmul %2, %1 : f32[B,5]
        %4 = reshape %3  [B,1,5] : f32[B,1,5]
        return y0=%4
        """);

    [Fact]
    public void Many_rows_stay_together() => Stays(_s.Graph(Product(rows: 5)));

    [Fact]
    public void A_sample_with_a_matrix_of_its_own_stays_alone() =>
        Stays(_s.Graph(_s.Add(new MatMul(), _s.Image(2, 6), _s.Image(6, 5))));

    /// <summary>Layer by layer no rows are put together that the next would take apart.</summary>
    [Fact]
    public void Rows_stay_apart_from_layer_to_layer()
    {
        Node hidden = Product(rows: 3);
        Node biased = _s.Add(new Add(), hidden, _s.Add(new Broadcast(hidden.Shape, EquatableArray.Of(2)), _s.Parameter("b", 5)));
        Node y = _s.Add(new MatMul(), _s.Add(new Tanh(), biased), _s.Parameter("v", 5, 4));
        Graph after = Meaning.After(Pipeline.Optimise, _s.Graph(y));
        Assert.Equal(6, Meaning.Count<MatMul>(after));
        Assert.Equal(1, Meaning.Count<Concat>(after));
    }

    [Fact]
    public void A_transposed_gradient_of_rows_is_one_of_changed_sides()
    {
        EquatableArray<int> none = EquatableArray.Of(0, 0), one = EquatableArray.Of(1, 1);
        Node gradient = _s.Add(new FilterGradient(one, none, none, one, 1, 1, 1), _s.Image(3, 1, 6), _s.Image(3, 1, 5));
        Node matrix = _s.Add(new Reshape(Shape.Of(6, 5)), gradient);
        Graph after = Meaning.After(Simplify.Run, _s.Graph(_s.Add(new Transpose(EquatableArray.Of(1, 0)), matrix)));
        Assert.Equal(0, Meaning.Count<Transpose>(after));
    }

    private Node Product(int rows) => _s.Add(new MatMul(), _s.Image(rows, 6), _s.Parameter("w", 6, 5));

    private static void Stays(Graph graph) => Assert.Equal(GraphPrinter.Print(graph), GraphPrinter.Print(Meaning.After(FewRows.Run, graph)));
}
