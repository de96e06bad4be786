using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Generator.Tests.Passes;

public sealed class HoistPrepareTests
{
    private readonly Sketch _s = new();

    [Fact]
    public void What_depends_on_parameters_alone_is_prepared_and_read_as_a_parameter()
    {
        Node x = _s.Image(3);
        Node y = _s.Add(new MatMul(), x, _s.Transpose(_s.Parameter("w", 4, 3), 1, 0));
        y = _s.Add(new Add(), y, _s.Broadcast(_s.Add(new Tanh(), _s.Parameter("b", 4)), y.Shape, 1));
        Splits(_s.Graph(y), """
            %0 = parameter w : f32[4,3]
            %1 = transpose %0  1,0 : f32[3,4]
            %2 = parameter b : f32[4]
            %3 = tanh %2 : f32[4]
            return @prepared:0=%1, @prepared:1=%3
            """, """
            %0 = input 0 x0 : f32[B,3]
            %1 = parameter @prepared:0 : f32[3,4]
            %2 = matmul %0, %1 : f32[B,4]
            %3 = parameter @prepared:1 : f32[4]
            %4 = broadcast %3  [B,4] axes=1 : f32[B,4]
            %5 = add %2, %4 : f32[B,4]
            return y0=%5
            """);
    }

    [Fact]
    public void Parameters_numbers_and_their_broadcasts_stay_where_they_are()
    {
        Node x = _s.Input(2, 3);
        Node y = _s.Add(new Add(), _s.Add(new Multiply(), x, _s.Number(2, x.Shape)), _s.Broadcast(_s.Parameter("b", 3), x.Shape, 1));
        Graph graph = _s.Graph(y, _s.Parameter("b", 3));
        (Graph prepare, Graph main) = Split(graph);
        Assert.Empty(prepare.Outputs);
        Assert.Equal(GraphPrinter.Print(graph), GraphPrinter.Print(main));
    }

    [Fact]
    public void A_loop_slices_stacks_that_a_loop_without_carried_values_prepares()
    {
        Node x = _s.Image(3);
        Node[] y = _s.Repeat(5, [x], [_s.Parameter("w", 5, 3, 3), _s.Parameter("b", 5, 3)], [], (b, i) =>
        {
            Node product = b.Add(new MatMul(), i[0], b.Add(new Multiply(), i[1], i[1]));
            return [b.Add(new Add(), product, b.Broadcast(i[2], product.Shape, 1))];
        });
        Splits(_s.Graph(y), """
            %0 = parameter w : f32[5,3,3]
            %1 = repeat %0  count=5 carried=0 sliced=1 collected=1 : f32[5,3,3]
                %0 = input 0 x1 : f32[3,3]
                %1 = multiply %0, %0 : f32[3,3]
                return prepared0=%1
            %2 = item %1  0 : f32[5,3,3]
            return @prepared:0=%2
            """, DenseFiveTimes("prepared0"));
    }

    [Fact]
    public void What_is_done_to_a_slice_by_itself_is_done_to_the_stack()
    {
        Node x = _s.Image(3);
        Node[] y = _s.Repeat(5, [x], [_s.Parameter("w", 5, 3, 3), _s.Parameter("b", 5, 3)], [], (b, i) =>
        {
            Node product = b.Add(new MatMul(), i[0], b.Add(new Tanh(), b.Transpose(i[1], 1, 0)));
            return [b.Add(new Add(), product, b.Broadcast(i[2], product.Shape, 1))];
        });
        Splits(_s.Graph(y), """
            %0 = parameter w : f32[5,3,3]
            %1 = transpose %0  0,2,1 : f32[5,3,3]
            %2 = tanh %1 : f32[5,3,3]
            return @prepared:0=%2
            """, DenseFiveTimes("x1"));
    }

    [Fact]
    public void What_a_body_computes_from_shared_parameters_is_computed_once()
    {
        Node x = _s.Image(3);
        Node[] y = _s.Repeat(5, [x], [_s.Parameter("a", 5, 3)], [_s.Parameter("w", 3, 3)], (b, i) =>
        {
            Node w = b.Add(new Tanh(), i[2]);
            Node scaled = b.Add(new Multiply(), w, b.Broadcast(i[1], w.Shape, 1));
            return [b.Add(new MatMul(), b.Add(new MatMul(), i[0], w), scaled)];
        });
        Splits(_s.Graph(y), """
            %0 = parameter w : f32[3,3]
            %1 = tanh %0 : f32[3,3]
            %2 = parameter a : f32[5,3]
            %3 = repeat %2, %1  count=5 carried=0 sliced=1 collected=1 : f32[5,3,3]
                %0 = input 0 x1 : f32[3]
                %1 = input 1 shared0 : f32[3,3]
                %2 = broadcast %0  [3,3] axes=1 : f32[3,3]
                %3 = multiply %1, %2 : f32[3,3]
                return prepared0=%3
            %4 = item %3  0 : f32[5,3,3]
            return @prepared:0=%1, @prepared:1=%4
            """, """
            %0 = input 0 x0 : f32[B,3]
            %1 = parameter @prepared:1 : f32[5,3,3]
            %2 = parameter @prepared:0 : f32[3,3]
            %3 = repeat %0, %1, %2  count=5 carried=1 sliced=1 collected=0 : f32[B,3]
                %0 = input 0 x0 : f32[B,3]
                %1 = input 1 prepared0 : f32[3,3]
                %2 = input 2 shared0 : f32[3,3]
                %3 = matmul %0, %2 : f32[B,3]
                %4 = matmul %3, %1 : f32[B,3]
                return y0=%4
            %4 = item %3  0 : f32[B,3]
            return y0=%4
            """);
    }

    [Fact]
    public void Loops_within_loops_slice_stacks_of_stacks()
    {
        Node x = _s.Image(3);
        Node[] y = _s.Repeat(5, [x], [_s.Parameter("w", 5, 4, 3, 3), _s.Parameter("v", 5, 3, 3)], [], (outer, i) =>
            outer.Repeat(4, [i[0]], [i[1]], [i[2]], (inner, j) =>
            {
                Node w = inner.Add(new MatMul(), inner.Transpose(j[1], 1, 0), inner.Transpose(j[2], 1, 0));
                return [inner.Add(new MatMul(), j[0], w)];
            }));
        Splits(_s.Graph(y), """
            %0 = parameter w : f32[5,4,3,3]
            %1 = transpose %0  0,1,3,2 : f32[5,4,3,3]
            %2 = parameter v : f32[5,3,3]
            %3 = transpose %2  0,2,1 : f32[5,3,3]
            %4 = repeat %1, %3  count=5 carried=0 sliced=2 collected=1 : f32[5,4,3,3]
                %0 = input 0 x1 : f32[4,3,3]
                %1 = input 1 x2 : f32[3,3]
                %2 = repeat %0, %1  count=4 carried=0 sliced=1 collected=1 : f32[4,3,3]
                    %0 = input 0 x1 : f32[3,3]
                    %1 = input 1 shared0 : f32[3,3]
                    %2 = matmul %0, %1 : f32[3,3]
                    return prepared0=%2
                %3 = item %2  0 : f32[4,3,3]
                return prepared0=%3
            %5 = item %4  0 : f32[5,4,3,3]
            return @prepared:0=%5
            """, """
            %0 = input 0 x0 : f32[B,3]
            %1 = parameter @prepared:0 : f32[5,4,3,3]
            %2 = repeat %0, %1  count=5 carried=1 sliced=1 collected=0 : f32[B,3]
                %0 = input 0 x0 : f32[B,3]
                %1 = input 1 prepared0 : f32[4,3,3]
                %2 = repeat %0, %1  count=4 carried=1 sliced=1 collected=0 : f32[B,3]
                    %0 = input 0 x0 : f32[B,3]
                    %1 = input 1 prepared0 : f32[3,3]
                    %2 = matmul %0, %1 : f32[B,3]
                    return y0=%2
                %3 = item %2  0 : f32[B,3]
                return y0=%3
            %3 = item %2  0 : f32[B,3]
            return y0=%3
            """);
    }

    [Fact]
    public void A_loop_over_parameters_alone_is_prepared_as_a_whole()
    {
        Node p = _s.Parameter("p", 3);
        Node[] power = _s.Repeat(5, [p], [], [p], (b, i) => [b.Add(new Multiply(), i[0], i[1])]);
        Node x = _s.Image(3);
        (Graph _, Graph main) = Split(_s.Graph(_s.Add(new Add(), x, _s.Broadcast(power[0], x.Shape, 1))));
        Assert.Equal(0, Meaning.Count<Repeat>(main));
    }

    [Fact]
    public void A_table_of_parameters_is_gathered_from_when_the_input_is_known()
    {
        Node table = _s.Add(new Tanh(), _s.Parameter("table", RandomGraphs.Rows, 2));
        (Graph prepare, Graph main) = Split(_s.Graph(_s.Add(new Gather(), table, _s.Indices(Size.Batch))));
        Assert.Equal("tanh", Assert.Single(prepare.Outputs).Node.Op.Name);
        Assert.Equal(["input", "parameter", "gather"], main.Nodes.Select(n => n.Op.Name));
    }

    /// <summary>A loop over five dense layers, whose weights it reads by this name.</summary>
    private static string DenseFiveTimes(string weight) => $$"""
            %0 = input 0 x0 : f32[B,3]
            %1 = parameter @prepared:0 : f32[5,3,3]
            %2 = parameter b : f32[5,3]
            %3 = repeat %0, %1, %2  count=5 carried=1 sliced=2 collected=0 : f32[B,3]
                %0 = input 0 x0 : f32[B,3]
                %1 = input 1 {{weight}} : f32[3,3]
                %2 = input 2 x2 : f32[3]
                %3 = matmul %0, %1 : f32[B,3]
                %4 = broadcast %2  [B,3] axes=1 : f32[B,3]
                %5 = add %3, %4 : f32[B,3]
                return y0=%5
            %4 = item %3  0 : f32[B,3]
            return y0=%4
            """;

    private static (Graph Prepare, Graph Main) Split(Graph graph)
    {
        var halves = HoistPrepare.Run(graph);
        Meaning.IsKept(graph, halves);
        return halves;
    }

    private static void Splits(Graph graph, string prepare, string main)
    {
        (Graph actualPrepare, Graph actualMain) = Split(graph);
        Assert.Equal(prepare.ReplaceLineEndings("\n"), Ordered.Print(actualPrepare).Trim());
        Assert.Equal(main.ReplaceLineEndings("\n"), Ordered.Print(actualMain).Trim());
        Assert.Equal(Ordered.Print(actualMain), Ordered.Print(HoistPrepare.Run(actualMain).Main));
    }
}
