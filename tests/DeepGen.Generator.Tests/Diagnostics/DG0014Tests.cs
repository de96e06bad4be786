using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Diagnostics;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Tests.Diagnostics;

/// <summary>Every primitive has its rules, so here one is made up that has none.</summary>
public sealed class DG0014Tests : DiagnosticTest
{
    private static readonly UserProgram Program = new("""
        [Network, Input(4), Relu, Certify]
        public sealed partial class Net;
        """);

    [Fact]
    public void A_reading_without_a_rule_names_primitive_and_layer()
    {
        Declaration declaration = Program.Declare("Net");
        Finding finding = Assert.Single(ReadingCheck.Findings(declaration.Spec!, Mystery("0")));
        Assert.Equal(
            "[Certify] cannot be written: it has no rule for 'mystery', which '0' needs",
            string.Format(Descriptors.Of(finding.Id).MessageFormat.ToString(), [.. finding.Arguments]));
        Place place = declaration.Places.Find(finding.Place)!.Value;
        Assert.Equal("Certify", Program.Compilation.SyntaxTrees[1].GetText().ToString(place.Span));
    }

    [Fact]
    public void Certified_training_knows_no_bounds_of_a_batchs_statistics() =>
        Says(
            "[Train(Certified = true)] cannot be written: it has no rule for 'reduce', which '1' needs",
            at: "Train(Loss.CrossEntropy, Certified = true)",
            "[Network, Input(4), Dense(3), BatchNorm, Dense(2), Train(Loss.CrossEntropy, Certified = true)] public sealed partial class Net;");

    [Theory]
    [InlineData("Certify", "Certify", "Conv2D(16, 3, Padding = 1, Algorithm = ConvolutionAlgorithm.Winograd)")]
    [InlineData("Certify", "Certify", "Conv2D(16, 3, Padding = 1), Convolutions(ConvolutionAlgorithm.Winograd)")]
    [InlineData("Train(Certified = true)", "Train(Loss.CrossEntropy, Certified = true)", "Conv2D(16, 3, Padding = 1), Convolutions(ConvolutionAlgorithm.Winograd)")]
    public void Nor_has_a_convolution_in_tiles_bounds(string reading, string at, string layers) =>
        Says(
            $"[{reading}] cannot be written: it has no rule for 'winograd_convolution', which '0' needs",
            at,
            $"[Network, Input(16, 12, 12), {layers}, Relu, Flatten, Dense(2), {at}] public sealed partial class Net;");

    [Theory]
    [InlineData("Certify", "Certify")]
    [InlineData("Train(Certified = true)", "Train(Loss.CrossEntropy, Certified = true)")]
    public void Nor_has_a_sparse_input_bounds(string reading, string at) =>
        Says(
            $"[{reading}] cannot be written: it has no rule for 'a sparse input', which 'words' needs",
            at,
            $"[Network, Input(40, Sparse = true, Name = \"words\"), GraphConv(3), {at}] public sealed partial class Net;");

    [Fact]
    public void Nor_can_a_graph_be_computed_step_by_step() =>
        Says(
            "[Stream] cannot be written: it has no rule for 'adjacency', which 'last' needs",
            at: "Stream",
            """
            [Network, Size("T", 9), Stream]
            public sealed partial class Net
            {
                [Lstm(5, Output = States.Last)] private partial Tensor Read(Tensor x);
                [GraphConv(3)] private partial Tensor Last(Tensor x);

                private Tensor Forward([Shape("T", 6)] Tensor x) => Last(Read(x));
            }
            """);

    [Fact]
    public void A_reading_nobody_asked_for_needs_no_rules() =>
        Assert.Empty(ReadingCheck.Findings(Program.Declare("Net").Spec! with { Readings = default }, Mystery("0")));

    private static Graph Mystery(string label)
    {
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input(0, "x", TensorType.Float(Size.Batch, 4)));
        Node y = graph.Add(new MysteryPrimitive(), x);
        y.Label = label;
        return graph.Build([new GraphOutput("y", y)]);
    }

    private sealed record MysteryPrimitive : Primitive
    {
        public override string Name => "mystery";

        public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs) => inputs;

        public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs) => inputs;
    }
}
