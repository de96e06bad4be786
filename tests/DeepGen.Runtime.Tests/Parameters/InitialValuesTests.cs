namespace DeepGen.Tests;

public class InitialValuesTests
{
    [Fact]
    public void Equal_seeds_give_equal_values_and_others_do_not()
    {
        Assert.Equal(TestParameters.All(TestParameters.Small(5)), TestParameters.All(TestParameters.Small(5)));
        Assert.NotEqual(TestParameters.All(TestParameters.Small(5)), TestParameters.All(TestParameters.Small(6)));
    }

    [Fact]
    public void Constants_are_constant()
    {
        var set = TestParameters.Small();
        Assert.Equal([0.25f, 0.25f, 0.25f], set["0.bias"].Values.ToArray());
        Assert.Equal([0, 0], set["1.1.bias"].Values.ToArray());
        Assert.Equal([1, 1], set["2.running_var"].Values.ToArray());
    }

    [Fact]
    public void Copies_of_a_block_begin_differently()
    {
        var set = TestParameters.Small();
        Assert.NotEqual(set["1.0.weight"].Values.ToArray(), set["1.1.weight"].Values.ToArray());
    }

    [Fact]
    public void A_parameter_begins_alike_whatever_surrounds_it()
    {
        var alone = new ParameterSet([TestParameters.Declare("0.weight", [3, 5])], 1);
        Assert.Equal(TestParameters.Small()["0.weight"].Values.ToArray(), alone["0.weight"].Values.ToArray());
    }

    [Theory]
    [InlineData(Initializer.Uniform, 0.3, 0.17320508)]
    [InlineData(Initializer.Normal, 0.3, 0.3)]
    public void Random_values_have_the_moments_of_their_kind(Initializer kind, double scale, double deviation)
    {
        const int Length = 100_000;
        var values = new ParameterSet([TestParameters.Declare("w", [Length], kind: kind, scale: (float)scale)], 3)["w"].Values.ToArray();
        double mean = values.Average(v => (double)v);
        double variance = values.Average(v => (v - mean) * (v - mean));
        Assert.InRange(mean, -0.004, 0.004);
        Assert.InRange(Math.Sqrt(variance), deviation * 0.99, deviation * 1.01);
        double kurtosis = values.Average(v => Math.Pow((v - mean) / deviation, 4));
        Assert.InRange(kurtosis, kind == Initializer.Normal ? 2.9 : 1.77, kind == Initializer.Normal ? 3.1 : 1.83);
        Assert.True(kind == Initializer.Normal || values.All(v => Math.Abs(v) <= (float)scale));
    }

    [Fact]
    public void Values_are_the_same_on_every_machine()
    {
        var set = TestParameters.Small();
        Bits.Equal(GoldenUniform, set["0.weight"].Values[..4]);
        Bits.Equal(GoldenNormal, set["1.1.weight"].Values);
    }

    private static readonly float[] GoldenUniform = [0.44939494f, 0.26333994f, -0.45569283f, -0.1389432f];

    private static readonly float[] GoldenNormal = [-0.44043568f, 0.13601509f, 0.9468132f, 0.1045967f];
}
