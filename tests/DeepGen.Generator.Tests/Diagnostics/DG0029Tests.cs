namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0029Tests : DiagnosticTest
{
    [Fact]
    public void The_method_exists() =>
        Says(
            "'Distance' cannot be a loss: 'Net' has no method of that name",
            at: "\"Distance\"",
            "[Network, Input(4), Dense(2), Train(\"Distance\")] public sealed partial class Net;");

    [Fact]
    public void There_is_one_method_of_the_name() =>
        Says(
            "'Far' cannot be a loss: 'Net' has several methods of that name",
            at: "nameof(Far)",
            Net("private Tensor Far(Tensor x) => x; private Tensor Far(Tensor x, [Shape(2)] Tensor y) => x - y;"));

    [Theory]
    [InlineData("private float Far(Tensor x) => 1;", "it must return a Tensor")]
    [InlineData("private Tensor Far<T>(Tensor x) => x;", "it must be an ordinary method, neither generic nor async")]
    [InlineData("private Tensor Far(Tensor x, float y) => x * y;", "its parameters must be plain Tensors")]
    [InlineData("private Tensor Far() => throw null!;", "it looks at no output; its first parameter, without [Shape], should be one")]
    public void A_method_has_the_form_of_a_loss(string method, string reason) =>
        Says("'Far' cannot be a loss: " + reason, at: "Far", Net(method));

    [Fact]
    public void The_network_is_not_its_own_loss() =>
        Says(
            "'Forward' cannot be a loss: it is the network itself",
            at: "nameof(Forward)",
            """
            [Network, Train(nameof(Forward))]
            public sealed partial class Net
            {
                [Dense(2)] private partial Tensor Mix(Tensor x);
                private Tensor Forward([Shape(4)] Tensor x) => Mix(x);
            }
            """);

    [Theory]
    [InlineData("private Tensor Far([Shape(2)] Tensor y, Tensor x) => x - y;", "it looks at no output; its first parameter, without [Shape], should be one", "y")]
    [InlineData("private Tensor Far(Tensor x, [Shape(2)] Tensor y, Tensor z) => x - y;", "outputs, without [Shape], come before targets, but 'z' does not", "z")]
    public void Outputs_come_before_targets(string method, string reason, string at) =>
        Says("'Far' cannot be a loss: " + reason, at, Net(method));

    [Fact]
    public void A_loss_looks_at_one_output_or_at_all() =>
        Says(
            "'Far' cannot be a loss: it looks at 2 outputs, but the network has one",
            at: "Train(nameof(Far))",
            Net("private Tensor Far(Tensor x, Tensor y) => x - y;"));

    [Fact]
    public void A_loss_owns_no_layers()
    {
        var program = new UserProgram("""
            [Network, Train(nameof(Far))]
            public sealed partial class Net
            {
                [Dense(2)] private partial Tensor Mix(Tensor x);
                private Tensor Forward([Shape(4)] Tensor x) => Mix(x);
                private Tensor Far(Tensor x) => Mix(x);
            }
            """);
        Assert.Equal("Far is evaluated while compiling and cannot contain a call of 'Mix'", Assert.Single(program.Diagnose()).GetMessage());
    }

    [Fact]
    public void What_does_not_fit_inside_a_loss_is_said_there()
    {
        var program = new UserProgram(Net("private Tensor Far(Tensor output, [Shape(3)] Tensor target) => output - target;"));
        var diagnostic = Assert.Single(program.Diagnose());
        Assert.Equal("DG0008", diagnostic.Id);
        Assert.Equal("output - target", program.Compilation.SyntaxTrees[1].GetText().ToString(diagnostic.Location.SourceSpan));
    }

    [Fact]
    public void The_sizes_of_a_target_are_those_of_inputs() =>
        Says(
            "'Far' cannot be a loss: the size 'S' of its target 'y' is that of no input",
            at: "Train(nameof(Far))",
            """
            [Network, Size("T", 9), Size("S", 9), Input("T", 4), Dense(2), Train(nameof(Far))]
            public sealed partial class Net
            {
                private Tensor Far(Tensor x, [Shape("S", 2)] Tensor y) => Sum(Sum(y, 0), 0) - Sum(Sum(x, 0), 0);
            }
            """);

    private static string Net(string method) =>
        $"[Network, Input(4), Dense(2), Train(nameof(Far))] public sealed partial class Net {{ {method} }}";
}
