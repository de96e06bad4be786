namespace DeepGen.Tests;

public class WeightAverageTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public void The_average_follows_its_formula(bool warmUp, int threads)
    {
        var parameters = OptimizerCases.Parameters();
        var average = new WeightAverage(parameters, 0.9, warmUp);
        var expected = Array.ConvertAll(parameters.Storage.ToArray(), x => (double)x);
        var optimizer = new Adam(0.1);
        for (int t = 0; t < 20; t++)
        {
            OptimizerCases.Run(optimizer, parameters, 1);
            average.Update(threads);
            double decay = warmUp ? Math.Min(0.9, (1.0 + t) / (10.0 + t)) : 0.9;
            for (int i = 0; i < expected.Length; i++)
            {
                expected[i] = (decay * expected[i]) + ((1 - decay) * parameters.Storage[i]);
            }
        }

        Assert.Equal(20, average.Updates);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], average.Values[i], 1e-6);
        }
    }

    [Fact]
    public void Applying_and_restoring_changes_nothing_in_the_end()
    {
        var parameters = OptimizerCases.Parameters();
        var average = new WeightAverage(parameters, 0.5);
        var first = TestParameters.All(parameters);
        OptimizerCases.Run(new Sgd(0.1), parameters, 1);
        var trained = TestParameters.All(parameters);
        int version = parameters.Version;
        average.Apply();
        Assert.Equal(first, TestParameters.All(parameters));
        Assert.NotEqual(version, parameters.Version);
        Assert.Throws<InvalidOperationException>(average.Apply);
        Assert.Throws<InvalidOperationException>(() => average.Update());
        average.Restore();
        Assert.Equal(trained, TestParameters.All(parameters));
        Assert.Throws<InvalidOperationException>(average.Restore);
    }

    [Fact]
    public void Another_network_can_be_given_the_average_whether_applied_or_not()
    {
        var parameters = OptimizerCases.Parameters();
        var average = new WeightAverage(parameters, 0.5);
        var first = TestParameters.All(parameters);
        OptimizerCases.Run(new Sgd(0.1), parameters, 1);
        var other = OptimizerCases.Parameters();
        average.CopyTo(other);
        Assert.Equal(first, TestParameters.All(other));
        average.Apply();
        other["0.bias"].Write(new float[70]);
        average.CopyTo(other);
        Assert.Equal(first, TestParameters.All(other));
        Assert.Throws<ArgumentException>(() => average.CopyTo(TestParameters.Small()));
    }

    [Fact]
    public void Statistics_are_taken_as_they_are()
    {
        var parameters = OptimizerCases.Parameters();
        var average = new WeightAverage(parameters, 0.9);
        var statistics = TestValues.Counting(70);
        parameters["0.running_mean"].Write(statistics);
        average.Update();
        average.Apply();
        Assert.Equal(statistics, parameters["0.running_mean"].Values.ToArray());
    }

    [Fact]
    public void An_update_allocates_nothing()
    {
        var average = new WeightAverage(OptimizerCases.Parameters());
        average.Update(2);
        Garbage.IsNotMadeBy(() => average.Update(2));
    }
}
