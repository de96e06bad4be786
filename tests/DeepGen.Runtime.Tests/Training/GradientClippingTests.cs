namespace DeepGen.Tests;

/// <summary>What happens to gradients before a rule sees them. With rate 1 plain descent shows them as the change of the weights.</summary>
public class GradientClippingTests
{
    private static (ParameterSet Parameters, GradientSet Gradients) Zeros()
    {
        var parameters = OptimizerCases.Parameters();
        foreach (var parameter in parameters)
        {
            parameter.Write(new float[parameter.Length]);
        }

        var gradients = new GradientSet(parameters);
        OptimizerCases.Fill(gradients, 0);
        return (parameters, gradients);
    }

    [Theory]
    [InlineData(2f, 1f, 1)]
    [InlineData(2f, 0.25f, 2)]
    [InlineData(1e6f, 1f, 3)]
    public void A_long_gradient_is_shortened_as_one_vector(float longest, float scale, int threads)
    {
        var (parameters, gradients) = Zeros();
        var trainable = OptimizerCases.Trainable(parameters);
        double squares = 0;
        for (int i = 0; i < trainable.Length; i++)
        {
            squares += trainable[i] ? Math.Pow(scale * gradients.Storage[i], 2) : 0;
        }

        var optimizer = new Sgd(1) { ClipNorm = longest, GradientScale = scale };
        optimizer.Step(parameters, gradients, threads);
        double norm = Math.Sqrt(squares);
        Assert.Equal(norm, optimizer.LastNorm, norm * 1e-6);
        double factor = Math.Min(1, longest / (norm + 1e-6)) * scale;
        for (int i = 0; i < trainable.Length; i++)
        {
            Assert.Equal(trainable[i] ? -factor * gradients.Storage[i] : 0, parameters.Storage[i], 1e-6);
        }
    }

    [Fact]
    public void Great_values_are_cut_off_after_scaling()
    {
        var (parameters, gradients) = Zeros();
        gradients["0.bias"][0] = float.NegativeInfinity;
        gradients["0.bias"][1] = float.NaN;
        new Sgd(1) { ClipValue = 0.5f, GradientScale = 2 }.Step(parameters, gradients);
        Assert.Equal(0.5f, parameters["0.bias"].Values[0]);
        Assert.True(float.IsNaN(parameters["0.bias"].Values[1]));
        for (int i = 0; i < 5600; i++)
        {
            Assert.Equal(-Math.Clamp(2 * gradients.Storage[i], -0.5f, 0.5f), parameters.Storage[i]);
        }
    }

    [Theory]
    [InlineData(float.NaN, "the gradient of '1.1.weight' is NaN at index 3; no parameter was changed")]
    [InlineData(float.NegativeInfinity, "the gradient of '1.1.weight' is -Infinity at index 3; no parameter was changed")]
    public void A_gradient_that_is_not_finite_is_reported_before_anything_changes(float bad, string message)
    {
        var (parameters, gradients) = Zeros();
        gradients["1.1.weight"][3] = bad;
        var before = parameters.Storage.ToArray();
        foreach (var optimizer in new Optimizer[] { new Sgd(1) { ClipNorm = 1 }, new Adam { RequireFinite = true } })
        {
            Assert.Equal(message, Assert.Throws<NotFiniteNumberException>(() => optimizer.Step(parameters, gradients)).Message);
            Assert.Equal(0, optimizer.Steps);
            Bits.Equal(before, parameters.Storage);
        }
    }

    [Fact]
    public void Squares_beyond_a_float_are_reported_as_such()
    {
        var (parameters, gradients) = Zeros();
        gradients["0.bias"][0] = 1e30f;
        Assert.Contains("squares exceed", Assert.Throws<NotFiniteNumberException>(() => new Sgd(1) { ClipNorm = 1 }.Step(parameters, gradients)).Message);
    }

    [Fact]
    public void What_is_not_trained_does_not_count()
    {
        var (parameters, gradients) = Zeros();
        gradients["0.running_mean"][0] = float.NaN;
        var optimizer = new Sgd(1) { ClipNorm = 1 };
        optimizer.Step(parameters, gradients);
        Assert.True(double.IsFinite(optimizer.LastNorm));
        Assert.Equal(0, parameters["0.running_mean"].Values[0]);
    }

    [Fact]
    public void Gradients_stay_as_they_are()
    {
        var (parameters, gradients) = Zeros();
        var before = gradients.Storage.ToArray();
        new AdamW { ClipNorm = 0.1f, ClipValue = 0.01f, GradientScale = 0.5f }.Step(parameters, gradients);
        Bits.Equal(before, gradients.Storage);
    }
}
