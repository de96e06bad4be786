namespace DeepGen.Tests;

public class ParameterGroupTests
{
    /// <summary>After one step without gradient only decay has changed the weights.</summary>
    private static Dictionary<string, float> Decayed(Optimizer optimizer)
    {
        var parameters = OptimizerCases.Parameters();
        foreach (var parameter in parameters)
        {
            var ones = new float[parameter.Length];
            Array.Fill(ones, 1f);
            parameter.Write(ones);
        }

        optimizer.Step(parameters, new GradientSet(parameters));
        Assert.All(parameters, p => Assert.Equal(-1, p.Values.IndexOfAnyExcept(p.Values[0])));
        return parameters.ToDictionary(p => p.Name, p => p.Values[0]);
    }

    [Fact]
    public void The_first_pattern_that_fits_counts()
    {
        var after = Decayed(new Sgd(0.5, weightDecay: 0.5).Group("*.bias", weightDecay: 0).Group("1.*", weightDecay: 0.25).Group("?.num", rateFactor: 0.5));
        Assert.Equal(0.75f, after["0.weight"]);
        Assert.Equal(1, after["0.bias"]);
        Assert.Equal(0.875f, after["1.1.weight"]);
        Assert.Equal(1, after["1.2.bias"]);
        Assert.Equal(0.875f, after["2.num"]);
        Assert.Equal(1, after["0.running_mean"]);
    }

    [Fact]
    public void Copies_of_a_stack_may_be_of_different_groups()
    {
        var after = Decayed(new AdamW(0.5, weightDecay: 0.5).Group("1.1.*", rateFactor: 0));
        Assert.Equal(0.75f, after["1.0.weight"]);
        Assert.Equal(1, after["1.1.weight"]);
        Assert.Equal(0.75f, after["1.2.weight"]);
    }

    [Fact]
    public void Vectors_need_not_decay()
    {
        var after = Decayed(new AdamW(0.5, weightDecay: 0.5).DecayMatricesOnly());
        Assert.Equal(0.75f, after["0.weight"]);
        Assert.Equal(0.75f, after["1.0.weight"]);
        Assert.Equal(1, after["0.bias"]);
        Assert.Equal(1, after["1.0.bias"]);
        Assert.Equal(1, after["2.num"]);
    }

    [Fact]
    public void Groups_may_change_between_steps()
    {
        var parameters = OptimizerCases.Parameters();
        var gradients = new GradientSet(parameters);
        var optimizer = new Adam();
        OptimizerCases.Fill(gradients, 0);
        optimizer.Step(parameters, gradients);
        optimizer.Group("0.*", rateFactor: 0);
        var before = TestParameters.All(parameters);
        optimizer.Step(parameters, gradients);
        Assert.Equal(before[..5600], TestParameters.All(parameters)[..5600]);
        Assert.NotEqual(before[^1], TestParameters.All(parameters)[^1]);
    }

    [Theory]
    [InlineData("0.Weight")]
    [InlineData("0.running_mean")]
    [InlineData("bias")]
    public void A_pattern_that_fits_nothing_is_a_mistake(string pattern)
    {
        var parameters = OptimizerCases.Parameters();
        var before = TestParameters.All(parameters);
        var error = Assert.Throws<ArgumentException>(() => new Sgd(1).Group(pattern, 0).Step(parameters, new GradientSet(parameters)));
        Assert.Contains($"'{pattern}' fits no trainable parameter; the names are '0.weight', '0.bias', '1.0.weight'", error.Message);
        Assert.Equal(before, TestParameters.All(parameters));
    }
}
