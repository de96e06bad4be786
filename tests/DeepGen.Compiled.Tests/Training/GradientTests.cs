using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Training;

/// <summary>Compiled gradients, losses, outputs and statistics against the graph in double precision.</summary>
public sealed class GradientTests
{
    public static TheoryData<string> Declarations => new(
        "[Network, Input(7), Dense(5), Train(Loss.MeanSquaredError)]",
        "[Network, Input(20), Dense(33), Relu, Dense(17), Tanh, Dense(10), Train(Loss.CrossEntropy)]",
        "[Network, Input(64), Dense(64), Gelu, Dense(40), Sigmoid, Dense(3), Train(Loss.Huber)]",
        "[Network, Input(5, 12), Dense(9), Silu, LayerNorm, Flatten, Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(1, 9, 8), Conv2D(6, 3), Relu, Flatten, Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(3, 8, 8), Conv2D(16, 3, Padding = 1), Relu, MaxPool2D(2), Conv2D(20, 3, Padding = 1), Relu, MaxPool2D(2), Flatten, Dense(32), Relu, Dense(10), Train(Loss.CrossEntropy)]",
        "[Network, Input(4, 9, 9), Conv2D(8, 3, Stride = 2, Padding = 1), Elu, Conv2D(8, 3, Groups = 8, Padding = 1), Relu, Conv2D(12, 1), GlobalAveragePool, Dense(5), Train(Loss.CrossEntropy)]",
        "[Network, Input(2, 10, 7), Conv2D(17, 5, Padding = 2, Dilation = 2), LeakyRelu, AveragePool2D(2), Conv2D(6, 3, Groups = 1), Flatten, Dense(3), Train(Loss.L1)]",
        "[Network, Input(6), Dense(8), BatchNorm, Relu, Dense(3), Train(Loss.CrossEntropy)]",
        "[Network, Input(3, 6, 6), Conv2D(8, 3, Padding = 1, Bias = false), BatchNorm, Relu, Conv2D(8, 3, Padding = 1, Stride = 2), BatchNorm, Relu, GlobalAveragePool, Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(3, 6, 6), Conv2D(8, 3, Padding = 1), GroupNorm(2), Relu, MaxPool2D(3, Stride = 2, Padding = 1), Flatten, Dense(4), Train(Loss.BinaryCrossEntropy)]",
        "[Network, Input(12), Dense(16), Dropout(0.3), Relu, Dense(3), Train(Loss.CrossEntropy)]");

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Gradients_are_those_of_the_graph(string declaration)
    {
        CompiledSource source = CompiledSource.Load(declaration + "\npublic sealed partial class Net;");
        foreach (int batch in new[] { 1, 2, 7, 16, 40 })
        {
            string? difference = new TrainedNetwork(source.Create("Net"), batch).Difference();
            Assert.True(difference is null, $"{declaration}, batch {batch}: {difference}");
        }
    }
}
