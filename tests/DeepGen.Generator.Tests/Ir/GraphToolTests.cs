using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Tests.Ops;

namespace DeepGen.Generator.Tests.Ir;

public sealed class GraphToolTests
{
    private static readonly TensorType _row = TensorType.Float(Size.Batch, 4);

    [Fact]
    public void A_graph_prints_one_value_a_line_with_types_attributes_and_labels()
    {
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input(0, "image", _row));
        Node y = graph.Add(new Tanh(), graph.Add(new MatMul(), x, graph.Add(new Parameter("0.weight", Shape.Of(4, 2)))));
        y.Label = "encode";
        Assert.Equal(
            """
            %0 = input 0 image : f32[B,4]
            %1 = parameter 0.weight : f32[4,2]
            %2 = matmul %0, %1 : f32[B,2]
            %3 = tanh %2 : f32[B,2]  // encode
            %4 = slice %3  axis=1 start=0 length=1 step=1 : f32[B,1]
            return code=%3, first=%4

            """,
            GraphPrinter.Print(graph.Build([new("code", y), new("first", graph.Add(new Slice(1, 0, 1, 1), y))])),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_loop_prints_its_body_indented()
    {
        var body = new GraphBuilder();
        Node x = body.Add(new Input(0, "x", _row));
        Graph loop = body.Build([new("x", body.Add(new Negate(), x))]);
        var graph = new GraphBuilder();
        Node repeat = graph.Add(new Repeat(loop, 3, 1, 0, 0), graph.Add(new Input(0, "x", _row)));
        Assert.Equal(
            """
            %0 = input 0 x : f32[B,4]
            %1 = repeat %0  count=3 carried=1 sliced=0 collected=0 : f32[B,4]
                %0 = input 0 x : f32[B,4]
                %1 = negate %0 : f32[B,4]
                return x=%1
            %2 = item %1  0 : f32[B,4]
            return y=%2

            """,
            GraphPrinter.Print(graph.Build([new("y", graph.Add(new Item(0), repeat))])),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void The_verifier_wants_items_between_a_repeat_and_its_users()
    {
        var body = new GraphBuilder();
        Node x = body.Add(new Input(0, "x", _row));
        var repeat = new Repeat(body.Build([new("x", x)]), 3, 1, 0, 0);
        var graph = new GraphBuilder();
        Node loop = graph.Add(repeat, graph.Add(new Input(0, "x", _row)));
        Assert.Contains("Item and Repeat", Refusal(graph.Build([new("y", graph.Add(new Negate(), loop))])));
        Assert.Contains("rather than one of its items", Refusal(graph.Build([new("y", loop)])));
    }

    [Fact]
    public void The_verifier_wants_outputs_to_have_names_of_their_own()
    {
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input(0, "x", _row));
        Assert.Contains("one name", Refusal(graph.Build([new("y", x), new("y", graph.Add(new Negate(), x))])));
    }

    [Fact]
    public void The_verifier_wants_types_to_be_those_inferred()
    {
        var x = new Node(0, new Input(0, "x", _row), [], [_row]);
        var y = new Node(1, new Negate(), [x], [TensorType.Float(3)]);
        Assert.Contains("should be f32[B,4]", Refusal(new Graph([x], [new("y", y)])));
        Assert.Contains("does not list", Refusal(new Graph([], [new("x", x)])));
    }

    [Fact]
    public void Evaluation_takes_symbols_from_the_inputs_and_checks_them()
    {
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input(0, "x", TensorType.Float(Size.Batch, Size.Named("T", 9))));
        Node y = graph.Add(new Input(1, "y", TensorType.Float(Size.Batch, Size.Named("T", 9))));
        Graph sum = graph.Build([new("sum", graph.Add(new Add(), x, y))]);
        DenseTensor three = Evaluation.Count(1, 3), two = Evaluation.Count(1, 2);
        Assert.Equal([0, 2, 4], ReferenceEvaluator.Evaluate(sum, 1, [three, three], _ => three)[0].Values);
        Assert.Contains("Input y is [B,T], not [1,2]", Assert.Throws<IrException>(() => ReferenceEvaluator.Evaluate(sum, 1, [three, two], _ => three)).Message);
    }

    [Fact]
    public void Binding_reaches_the_bodies_of_loops()
    {
        Graph bound = OpSamples.All.Single(s => s.Title == "repeat, recurrent").Build().Bind(new Dictionary<string, int> { ["B"] = 2 });
        Assert.DoesNotContain("B", GraphPrinter.Print(bound));
        GraphVerifier.Verify(bound);
    }

    private static string Refusal(Graph graph) => Assert.Throws<IrException>(() => GraphVerifier.Verify(graph)).Message;
}
