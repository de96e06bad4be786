using DeepGen.Runtime;

namespace DeepGen.Tests;

internal static class TestParameters
{
    public static ParameterDeclaration Declare(
        string path, int[] shape, int[]? counts = null, Initializer kind = Initializer.Uniform, float scale = 0.5f) =>
        new(path, shape, counts ?? [], kind, scale, true);

    /// <summary>A dense layer, a stack of three blocks with two parameters each, and running statistics.</summary>
    public static ParameterSet Small(ulong seed = 1) => new(
        [
            Declare("0.weight", [3, 5]),
            Declare("0.bias", [3], kind: Initializer.Constant, scale: 0.25f),
            Declare("1.*.weight", [2, 2], [3], Initializer.Normal),
            Declare("1.*.bias", [2], [3], Initializer.Zeros),
            new("2.running_var", [2], [], Initializer.Ones, 0, false),
        ],
        seed);

    public static float[] All(ParameterSet set) => [.. set.SelectMany(p => p.Values.ToArray())];
}
