namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0032Tests : DiagnosticTest
{
    [Theory]
    [InlineData("Flatten", "Flatten", "a sequence of T by 64")]
    [InlineData("Transpose(1, 0), Dense(3)", "Dense(3)", "a sequence of 64 by T")]
    [InlineData("Reshape(8, -1)", "Reshape(8, -1)", "a sequence of T by 64")]
    public void A_layer_that_must_know_the_size_says_so(string layers, string at, string shape) =>
        Says(
            $"{at[..(at + "(").IndexOf('(')]} cannot take {shape}, since it needs to know 'T' while compiling",
            at,
            $"[Network, Size(\"T\", 9), Input(\"T\", 64), {layers}] public sealed partial class Net;");

    [Theory]
    [InlineData("Dense(3), Relu, LayerNorm, Softmax, Dropout(0.1f)")]
    [InlineData("Softmax(Axis = -1), Transpose(1, 0), Sigmoid")]
    public void Layers_that_go_along_it_do_not(string layers) =>
        IsFine($"[Network, Size(\"T\", 9), Input(\"T\", 64), {layers}] public sealed partial class Net;");
}
