using DeepGen.Compiled.Tests.Support;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Emit;

namespace DeepGen.Compiled.Tests.Golden;

/// <summary>A handful of networks whose emitted code is kept as text, so that a change in it is seen and read by someone.</summary>
public sealed class EmittedCodeTests
{
    private const string Digits = """
        [Network, Input(1, 28, 28)]
        [Conv2D(32, 3, Padding = 1), Relu, MaxPool2D(2)]
        [Conv2D(64, 3, Padding = 1), Relu, MaxPool2D(2)]
        [Flatten, Dense(128), Relu, Dense(10)]
        public sealed partial class DigitNet;
        """;

    private const string Controller = """
        [Network, Input(4)]
        [Dense(16), Tanh, Dense(2)]
        [Certify, Trace]
        public sealed partial class Controller;
        """;

    private const string Perceptron = """
        [Network, Input(20)]
        [Dense(16), Relu, Dense(3)]
        [Train(Loss.CrossEntropy)]
        public sealed partial class Perceptron;
        """;

    private const string Residual = """
        [Network, Input(3, 8, 8)]
        [Conv2D(16, 3, Padding = 1), BatchNorm, Relu]
        [Stack<BasicBlock>(9)]
        [GlobalAveragePool, Dense(10), Softmax]
        public sealed partial class SmallResNet;

        [Block, Residual]
        [Conv2D(Kernel = 3, Padding = 1), BatchNorm, Relu]
        [Conv2D(Kernel = 3, Padding = 1), BatchNorm]
        public sealed partial class BasicBlock;
        """;

    [Fact]
    public void The_kernels_of_a_convolutional_network_read_as_before() =>
        Verified.Check("DigitNet.Kernels", Kernels(Digits, "DigitNet").Kernels!);

    [Fact]
    public void The_surface_of_a_network_with_every_reading_reads_as_before() =>
        Verified.Check("Controller.Surface", Surface(Controller, "Controller"));

    [Fact]
    public void The_kernels_of_a_residual_stack_read_as_before() =>
        Verified.Check("SmallResNet.Kernels", Kernels(Residual, "SmallResNet").Kernels!);

    [Fact]
    public void The_stages_of_a_residual_stack_read_as_before() =>
        Verified.Check("SmallResNet.Ir", Kernels(Residual, "SmallResNet").Dump!, "txt");

    [Fact]
    public void The_training_step_of_a_perceptron_reads_as_before() =>
        Verified.Check("Perceptron.Training", Kernels(Perceptron, "Perceptron").Training!);

    [Fact]
    public void The_surface_of_a_network_that_is_trained_reads_as_before() =>
        Verified.Check("Perceptron.Surface", Surface(Perceptron, "Perceptron"));

    [Fact]
    public void Compiling_twice_gives_the_same_text() =>
        Assert.Equal(Kernels(Residual, "SmallResNet"), Kernels(Residual, "SmallResNet"));

    [Theory]
    [InlineData(3, true)]
    [InlineData(30, true)]
    [InlineData(1000, false)]
    public void Softmax_loss_and_gradient_of_a_sample_are_one_kernel_if_registers_hold_them(int classes, bool isOne)
    {
        string training = Kernels(Perceptron.Replace("Dense(3)", $"Dense({classes})"), "Perceptron").Training!;
        Assert.Equal(isOne, training.Contains($"{classes} values, row by row: their maximum, map, their sum, one value, map, their sum."));
        Assert.Equal(isOne, !training.Contains("void Max"));
    }

    private static KernelSource Kernels(string source, string name)
    {
        Declaration declaration = Declare(source, name);
        return KernelSource.Of(declaration.Class!, declaration.Spec, withDump: true);
    }

    private static string Surface(string source, string name)
    {
        Declaration declaration = Declare(source, name);
        return NetworkSource.Of(declaration.Class!, declaration.Spec).Surface;
    }

    private static Declaration Declare(string source, string name)
    {
        var compilation = Compiler.Declare(source);
        return NetworkDeclaration.Declare(compilation.GetTypeByMetadataName(name)!, compilation, default);
    }
}
