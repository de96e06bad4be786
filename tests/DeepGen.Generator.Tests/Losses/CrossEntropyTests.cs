using DeepGen.Generator.Check;
using DeepGen.Generator.Tests.Layers;

namespace DeepGen.Generator.Tests.Losses;

/// <summary>Against plain loops over what PyTorch documents for <c>nn.CrossEntropyLoss</c>.</summary>
public class CrossEntropyTests
{
    private static readonly double[] Weights = [0.5, 2, 0, 1.25];

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.1, false)]
    [InlineData(0, true)]
    [InlineData(0.3, true)]
    public void Of_class_numbers(double smoothing, bool isWeighted)
    {
        var net = new Trained($"Input(4), Dense, {Train(smoothing, isWeighted, "")}");
        Values classes = new([5], [3, 0, 1, 1, 3]);
        var step = net.Step(net.Random(5, 4), classes);
        double expected = OfClasses(step["output:output"], classes, smoothing, isWeighted ? Weights : [1, 1, 1, 1]);
        Assert.Equal(expected, step["loss"].Data[0], 1e-6);
        Assert.Equal(new TargetSpec("target", "CrossEntropy", 0, 4, new([])), Assert.Single(net.Training.Targets));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.1, true)]
    public void Of_class_numbers_for_every_pixel(double smoothing, bool isWeighted)
    {
        var net = new Trained($"Input(4, 2, 3), Conv2D(4, 1), {Train(smoothing, isWeighted, "")}");
        Values classes = Values.From([2, 2, 3], i => ((i[0] * 7) + (i[1] * 5) + i[2]) % 4);
        var step = net.Step(net.Random(2, 4, 2, 3), classes);
        double expected = OfClasses(step["output:output"], classes, smoothing, isWeighted ? Weights : [1, 1, 1, 1]);
        Assert.Equal(expected, step["loss"].Data[0], 1e-6);
        Assert.Equal(new TargetSpec("target", "CrossEntropy", 0, 4, new([2, 3])), Assert.Single(net.Training.Targets));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.2, true)]
    public void Of_probabilities(double smoothing, bool isWeighted)
    {
        var net = new Trained($"Input(4), Dense, {Train(smoothing, isWeighted, ", Soft = true")}");
        Values raw = net.Random(3, 4).Map(Math.Exp);
        Values p = Values.From([3, 4], i => raw[i] / Enumerable.Range(0, 4).Sum(c => raw[i[0], c]));
        var step = net.Step(net.Random(3, 4), p);
        Values z = step["output:output"];
        double sum = 0;
        for (int b = 0; b < 3; b++)
        {
            for (int c = 0; c < 4; c++)
            {
                sum -= (((1 - smoothing) * p[b, c]) + (smoothing / 4)) * (isWeighted ? Weights[c] : 1) * LogSoftmax(z, b, c);
            }
        }

        Assert.Equal(sum / 3, step["loss"].Data[0], 1e-6);
        Assert.Equal(new TargetSpec("target", "CrossEntropy", 0, 0, new([4])), Assert.Single(net.Training.Targets));
    }

    [Fact]
    public void Does_not_overflow_on_large_scores()
    {
        var net = new Trained("Input(3), Dense(Bias = false), Train(Loss.CrossEntropy)");
        net.Parameters["0.weight"] = new([3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]);
        Assert.Equal(3000, net.Loss(new([1, 3], [2000, 0, -1000]), new([1], [2])), 1e-6);
    }

    private static string Train(double smoothing, bool isWeighted, string more) => FormattableString.Invariant(
        $"Train(Loss.CrossEntropy, LabelSmoothing = {smoothing}f{(isWeighted ? ", ClassWeights = new[] { 0.5f, 2f, 0f, 1.25f }" : "")}{more})");

    private static double OfClasses(Values z, Values classes, double smoothing, double[] weights)
    {
        int count = z.Shape[1];
        int pixels = z.Data.Length / z.Shape[0] / count;
        var flat = new Values([z.Shape[0], count, pixels], z.Data);
        double hard = 0, even = 0, weight = 0;
        for (int b = 0; b < z.Shape[0]; b++)
        {
            for (int p = 0; p < pixels; p++)
            {
                int target = (int)classes.Data[(b * pixels) + p];
                hard -= weights[target] * LogSoftmax(flat, b, target, p);
                weight += weights[target];
                for (int c = 0; c < count; c++)
                {
                    even -= weights[c] * LogSoftmax(flat, b, c, p);
                }
            }
        }

        return ((1 - smoothing) * hard / weight) + (smoothing / count * even / weight);
    }

    private static double LogSoftmax(Values z, int b, int c, params int[] rest)
    {
        double sum = Enumerable.Range(0, z.Shape[1]).Sum(k => Math.Exp(z[[b, k, .. rest]]));
        return z[[b, c, .. rest]] - Math.Log(sum);
    }
}
