using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

public class OperationTests
{
    public static TheoryData<string, Func<double, double, double>> Binary => new()
    {
        { "Add", (a, b) => a + b },
        { "Subtract", (a, b) => a - b },
        { "Multiply", (a, b) => a * b },
        { "Divide", (a, b) => a / b },
        { "Maximum", Math.Max },
        { "Minimum", Math.Min },
    };

    public static TheoryData<string, Func<double, double>> Unary => new()
    {
        { "Negate", x => -x },
        { "Exp", Math.Exp },
        { "Log", Math.Log },
        { "Sqrt", Math.Sqrt },
        { "Abs", Math.Abs },
        { "Relu", x => Math.Max(x, 0) },
        { "Tanh", Math.Tanh },
    };

    [Theory]
    [MemberData(nameof(Binary))]
    public void Two_values_meet_element_by_element_and_a_number_meets_all(string op, Func<double, double, double> f)
    {
        var module = new ModuleWriter("Net");
        int a = module.Input("a", 3, 4);
        int b = module.Input("b", 3, 4);
        int two = module.Constant(2);
        module.Output("both", module.Op(op, a, b)).Output("right", module.Op(op, a, two)).Output("left", module.Op(op, two, a));
        var net = new Elaborated(module.Network());
        Values x = net.Random(2, 3, 4);
        Values y = net.Random(2, 3, 4).Map(v => v + 3);
        Values[] results = net.RunAll(x, y);
        Torch.Zip(x, y, f).AssertNear(results[0]);
        x.Map(v => f(v, 2)).AssertNear(results[1]);
        x.Map(v => f(2, v)).AssertNear(results[2]);
    }

    [Theory]
    [MemberData(nameof(Unary))]
    public void A_function_acts_on_every_value(string op, Func<double, double> f)
    {
        var module = new ModuleWriter("Net");
        var net = new Elaborated(module.Output("y", module.Op(op, module.Input("x", 3, 4))).Network());
        Values x = net.Random(2, 3, 4).Map(v => op is "Log" or "Sqrt" ? Math.Abs(v) + 0.1 : v);
        x.Map(f).AssertNear(net.Run(x));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(-3)]
    public void Sum_and_Mean_remove_their_axis(int axis)
    {
        var module = new ModuleWriter("Net");
        int x = module.Input("x", 2, 3, 5);
        module.Output("sum", module.Op("Sum", x, ("Axis", axis))).Output("mean", module.Op("Mean", x, ("Axis", axis)));
        var net = new Elaborated(module.Network());
        Values value = net.Random(2, 2, 3, 5);
        int graphAxis = axis < 0 ? axis + 4 : axis + 1;
        Values[] results = net.RunAll(value);
        Torch.Sum(value, graphAxis).AssertNear(results[0]);
        Torch.Sum(value, graphAxis).Map(v => v / value.Shape[graphAxis]).AssertNear(results[1]);
    }

    [Fact]
    public void The_sum_of_a_vector_is_a_number_that_goes_with_any_shape()
    {
        var module = new ModuleWriter("Net");
        int x = module.Input("x", 4);
        var net = new Elaborated(module.Output("y", module.Op("Divide", x, module.Op("Sum", x, ("Axis", 0)))).Network());
        Values value = net.Random(3, 4).Map(Math.Abs);
        Values expected = Values.From([3, 4], i => value[i] / (value[i[0], 0] + value[i[0], 1] + value[i[0], 2] + value[i[0], 3]));
        expected.AssertNear(net.Run(value));
    }

    [Fact]
    public void Concat_puts_channels_one_after_the_other()
    {
        var module = new ModuleWriter("Net");
        int a = module.Input("a", 2, 3);
        int b = module.Input("b", 1, 3);
        module.Output("y", module.Op("Concat", a, b, a));
        module.Output("z", module.Step(Declare.StepKind.Op, 0, "Concat", 0, [a, a], [Argument("Axis", -1)], null));
        var net = new Elaborated(module.Network());
        Values x = net.Random(2, 2, 3);
        Values y = net.Random(2, 1, 3);
        Values[] results = net.RunAll(x, y);
        Values.From([2, 5, 3], i => i[1] < 2 ? x[i] : i[1] == 2 ? y[i[0], 0, i[2]] : x[i[0], i[1] - 3, i[2]]).AssertNear(results[0]);
        Values.From([2, 2, 6], i => x[i[0], i[1], i[2] % 3]).AssertNear(results[1]);
    }

    [Fact]
    public void MatMul_multiplies_the_matrices_of_each_sample()
    {
        var module = new ModuleWriter("Net");
        int a = module.Input("a", 2, 3);
        int b = module.Input("b", 3, 4);
        var net = new Elaborated(module.Output("y", module.Op("MatMul", a, b)).Network());
        Values x = net.Random(2, 2, 3);
        Values y = net.Random(2, 3, 4);
        Values.From([2, 2, 4], i => Enumerable.Range(0, 3).Sum(k => x[i[0], i[1], k] * y[i[0], k, i[2]])).AssertNear(net.Run(x, y));
    }

    [Fact]
    public void Every_operation_of_the_language_is_in_the_catalogue()
    {
        string[] operations =
        [
            "Dense", "GraphConv", "GraphSage", "Gat", "GraphPool", "Conv2D", "MaxPool2D", "AveragePool2D", "GlobalAveragePool", "BatchNorm", "LayerNorm", "GroupNorm", "Rnn", "Gru", "Lstm", "Flatten",
            "Reshape", "Transpose", "Dropout", "Upsample2D", "Relu", "LeakyRelu", "Elu", "Gelu", "Silu", "Sigmoid", "Tanh", "Softplus",
            "HardTanh", "Softmax", "LogSoftmax", "Stack", "Use", "Residual", "Concat", "Add", "Subtract", "Multiply", "Divide", "Negate",
            "Maximum", "Minimum", "Exp", "Log", "Sqrt", "Abs", "Sum", "Mean", "MatMul",
            "Conv1D", "ConvTranspose2D", "ConvTranspose1D", "MaxPool1D", "AveragePool1D", "PixelShuffle", "Pad2D", "Pad1D", "InstanceNorm",
            "Relu6",
            "Learned", "Embedding", "Tied", "LearnedPositions", "SinusoidalPositions", "RmsNorm", "SwiGlu", "MultiHeadAttention",
        ];
        Assert.Equal(operations.Order(), Generator.Layers.LayerCatalog.All.Select(l => l.Kind).Order());
    }
}
