extern alias Attributes;

using DeepGen.Generator.Check;
using DeepGen.Generator.Layers;

namespace DeepGen.Generator.Tests.Losses;

public class InitialTests
{
    [Fact]
    public void Enumerations_agree_with_those_of_the_attributes()
    {
        Assert.Equal(Enum.GetNames<Attributes::DeepGen.Initial>(), Enum.GetNames<Initial>());
        Assert.Equal(Enum.GetNames<Attributes::DeepGen.Loss>(), Generator.Losses.LossCatalog.All.Select(l => l.Kind));
    }

    [Theory]
    [InlineData("", "Uniform", 1 / 6.0, "Uniform")]
    [InlineData("KaimingUniform", "Uniform", 6 / 36.0, "Zeros")]
    [InlineData("KaimingNormal", "Normal", 2 / 36.0, "Zeros")]
    [InlineData("XavierUniform", "Uniform", 6 / (36 + 72.0), "Zeros")]
    [InlineData("XavierNormal", "Normal", 2 / (36 + 72.0), "Zeros")]
    [InlineData("Orthogonal", "Orthogonal", 1, "Zeros")]
    [InlineData("TruncatedNormal", "TruncatedNormal", 0.0004, "Zeros")]
    [InlineData("Zeros", "Zeros", 0, "Zeros")]
    public void A_kernel_begins_as_its_layer_or_the_network_says(string initial, string kind, double square, string bias)
    {
        // 4 channels come in, windows of 9, 8 go out: fan-in 36, fan-out 72.
        string own = initial.Length == 0 ? "" : $", Init = Initial.{initial}";
        string all = initial.Length == 0 ? "" : $"Initialize(Initial.{initial}), ";
        foreach (string layers in new[] { $"Input(4, 5, 5), Conv2D(8, 3{own})", $"{all}Input(4, 5, 5), Conv2D(8, 3)" })
        {
            var parameters = Elaborator.Elaborate(Trained.Program(layers, "")).Parameters;
            Assert.Equal([kind, bias], parameters.Select(p => p.Kind.ToString()));
            Assert.Equal(initial.Length == 0 ? square : Math.Sqrt(square), parameters[0].Scale, 1e-7);
        }
    }

    [Fact]
    public void A_layer_has_the_last_word()
    {
        var parameters = Elaborator.Elaborate(Trained.Program(
            "Initialize(Initial.Orthogonal), Input(4), Dense(4), Dense(4, Init = Initial.Zeros)", "")).Parameters;
        Assert.Equal([Initializer.Orthogonal, Initializer.Zeros], parameters.Where(p => p.Path.EndsWith("weight", StringComparison.Ordinal)).Select(p => p.Kind));
    }

    [Theory]
    [InlineData("Dense(6), Relu", true)]
    [InlineData("Dense(6), LayerNorm, Dropout(0.5f), Gelu", true)]
    [InlineData("Dense(6), Tanh", false)]
    [InlineData("Dense(6), Dense(6), Relu", false)]
    [InlineData("Dense(6)", false)]
    public void The_activation_that_follows_decides(string layers, bool isKaiming)
    {
        var weight = Elaborator.Elaborate(Trained.Program("Initialize(Initial.ByActivation), Input(4), " + layers, "")).Parameters[0];
        Assert.Equal(isKaiming ? Math.Sqrt(6 / 4.0) : Math.Sqrt(6 / 10.0), weight.Scale, 1e-9);
    }

    [Fact]
    public void A_shared_layer_begins_as_its_first_use_wants()
    {
        var weight = Elaborator.Elaborate(Trained.Program("Initialize(Initial.ByActivation)", """
            [Dense(4)] private partial Tensor Mix(Tensor x);

            private Tensor Forward([Shape(4)] Tensor x) => Tanh(Mix(Relu(Mix(x))));
            """)).Parameters[0];
        Assert.Equal(Math.Sqrt(6 / 4.0), weight.Scale, 1e-9);
    }

    [Theory]
    [InlineData("BatchNorm(Init = Initial.Zeros)")]
    [InlineData("LayerNorm(Init = Initial.Zeros)")]
    [InlineData("GroupNorm(2, Init = Initial.Zeros)")]
    public void A_normalisation_may_begin_as_nothing(string layer)
    {
        var parameters = Elaborator.Elaborate(Trained.Program("Initialize(Initial.Orthogonal), Input(4, 3, 3), " + layer, "")).Parameters;
        Assert.Equal([Initializer.Zeros, Initializer.Zeros], parameters.Take(2).Select(p => p.Kind));
        Assert.Equal(Initializer.Ones, Elaborator.Elaborate(Trained.Program("Input(4), BatchNorm", "")).Parameters[0].Kind);
    }
}
