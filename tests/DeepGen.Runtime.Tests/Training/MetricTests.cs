using System.Collections.Immutable;

namespace DeepGen.Tests;

public class MetricTests
{
    /// <summary>Four samples of three scores; the classes are 0, 1, 2, 2.</summary>
    private static readonly float[] Scores = [3, 1, 0, 0, 2, 1, 5, 4, 3, 0, 1, 2];

    private static readonly int[] Truth = [0, 1, 2, 2];

    [Fact]
    public void Accuracy_is_the_share_of_largest_scores_that_are_true()
    {
        Assert.Equal(0.75, Measure(new Accuracy()).Value);
        Assert.Equal(0.75, Measure(new TopKAccuracy(1)).Value);
        Assert.Equal(0.75, Measure(new TopKAccuracy(2)).Value);
        Assert.Equal(1, Measure(new TopKAccuracy(3)).Value);
    }

    [Fact]
    public void Of_equal_scores_the_first_counts_for_accuracy_and_top_1_alike()
    {
        var accuracy = Bound(new Accuracy());
        var top = Bound(new TopKAccuracy(1));
        foreach (int truth in new[] { 0, 1, 2 })
        {
            accuracy.Add([1, 1, 1], new Target(new[] { truth }), 1);
            top.Add([1, 1, 1], new Target(new[] { truth }), 1);
        }

        Assert.Equal(1 / 3.0, accuracy.Value, 12);
        Assert.Equal(accuracy.Value, top.Value);
    }

    [Fact]
    public void The_confusion_matrix_counts_and_its_value_is_the_mean_over_classes()
    {
        var matrix = (ConfusionMatrix)Measure(new ConfusionMatrix());
        Assert.Equal((1L, 1L, 1L, 1L, 0L), (matrix[0, 0], matrix[1, 1], matrix[2, 0], matrix[2, 2], matrix[0, 2]));
        Assert.Equal((1 + 1 + 0.5) / 3, matrix.Value, 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[3, 0]);
    }

    [Fact]
    public void The_calibration_error_weighs_the_gaps_between_confidence_and_accuracy()
    {
        var metric = (CalibrationError)Bound(new CalibrationError());

        // Softmax of (ln 18, 0, 0) is 0.9: four samples say so, three of them are right. (ln 2, 0, 0) says 0.5 and is wrong.
        float high = MathF.Log(18);
        foreach (int truth in new[] { 0, 0, 0, 1 })
        {
            metric.Add([high, 0, 0], new Target(new[] { truth }), 1);
        }

        metric.Add([MathF.Log(2), 0, 0], new Target(new[] { 2 }), 1);
        Assert.Equal(((4 * 0.15) + (1 * 0.5)) / 5, metric.Value, 6);
        Assert.Equal(4, metric.Samples(13));
        Assert.Equal(0.9, metric.Confidence(13), 6);
        Assert.Equal(0.75, metric.Accuracy(13));
        Assert.Equal(1, metric.Samples(7));
    }

    [Fact]
    public void Certainty_is_in_the_last_bin()
    {
        var metric = (CalibrationError)Bound(new CalibrationError());
        metric.Add([500, 0, 0], new Target(new[] { 0 }), 1);
        Assert.Equal(1, metric.Samples(14));
        Assert.Equal(0, metric.Value);
    }

    [Fact]
    public void Scores_in_several_places_are_read_class_by_class()
    {
        // Two classes in three places: the output is all of class 0 and then all of class 1.
        var metric = new Accuracy().For(
            [new TargetSignature("target", "CrossEntropy", 0, 2, [])], Signature(2, 3));
        metric.Add([1, 1, 1, 0, 2, 0], new Target(new[] { 0, 1, 1 }), 1);
        Assert.Equal(2 / 3.0, metric.Value, 12);
    }

    [Fact]
    public void Shares_of_classes_as_targets_are_compared_by_their_largest()
    {
        var metric = new Accuracy().For([new TargetSignature("target", "CrossEntropy", 0, 0, [3])], Signature(3));
        metric.Add([1, 2, 3, 3, 2, 1], new Target(new[] { 0.1f, 0.1f, 0.8f, 0.2f, 0.5f, 0.3f }), 2);
        Assert.Equal(0.5, metric.Value);
    }

    [Fact]
    public void Binary_accuracy_looks_at_the_sides_of_zero()
    {
        var metric = new BinaryAccuracy().For([new TargetSignature("target", "BinaryCrossEntropy", 0, 0, [2])], Signature(2));
        metric.Add([1, -1, 0.1f, -5], new Target(new[] { 1f, 1f, 0.9f, 0f }), 2);
        Assert.Equal(0.75, metric.Value);
    }

    [Fact]
    public void Errors_are_averaged_over_all_values()
    {
        ImmutableArray<TargetSignature> targets = [new("target", "MeanSquaredError", 0, 0, [2])];
        var mae = new MeanAbsoluteError().For(targets, Signature(2));
        var rmse = new RootMeanSquaredError().For(targets, Signature(2));
        foreach (var metric in new[] { mae, rmse })
        {
            metric.Add([1, 2, 3, 4], new Target(new[] { 1f, 0f, 3f, 8f }), 2);
        }

        Assert.Equal(1.5, mae.Value);
        Assert.Equal(Math.Sqrt(5), rmse.Value, 12);
    }

    [Fact]
    public void A_bound_metric_is_a_copy_and_reset_forgets()
    {
        var metric = new Accuracy();
        var first = Bound(metric);
        var second = Bound(metric);
        first.Add(Scores, new Target(Truth), 4);
        Assert.Equal(0.75, first.Value);
        Assert.Equal(double.NaN, second.Value);
        first.Reset();
        Assert.Equal(double.NaN, first.Value);
        Assert.Contains("belongs to no network yet", Assert.Throws<InvalidOperationException>(() => metric.Value).Message);
    }

    [Fact]
    public void Defaults_follow_from_the_targets()
    {
        ImmutableArray<TargetSignature> targets =
        [
            new("a", "CrossEntropy", 0, 3, []), new("b", "BinaryCrossEntropy", 0, 0, [3]), new("c", "L1", 0, 0, [3]), new("d", "Distance", 0, 0, [7]),
        ];
        Assert.Equal(
            [(typeof(Accuracy), 0), (typeof(BinaryAccuracy), 1), (typeof(MeanAbsoluteError), 2), (typeof(RootMeanSquaredError), 2)],
            DefaultMetrics.Of(targets, Signature(3)).Select(m => (m.GetType(), m.Target)));
    }

    [Fact]
    public void The_losses_of_values_are_what_they_are_defined_as()
    {
        double Loss(string name) => PlainLoss.OfSample(
            new TargetSignature("target", name, 0, 0, [2]), Signature(2).Outputs[0], [0.5f, 2], new Target(new[] { 0f, 1f }), 0).Loss;
        Assert.Equal((0.25 + 1) / 2, Loss("MeanSquaredError"), 6);
        Assert.Equal((0.5 + 1) / 2, Loss("L1"), 6);
        Assert.Equal((Math.Log(1 + Math.Exp(0.5)) + Math.Log(1 + Math.Exp(-2))) / 2, Loss("BinaryCrossEntropy"), 6);
        Assert.Equal(1 * (Math.Log(1) - 2), Loss("KullbackLeibler"), 6);
    }

    [Fact]
    public void Cross_entropy_takes_classes_and_shares()
    {
        var classes = new TargetSignature("target", "CrossEntropy", 0, 3, []);
        var shares = new TargetSignature("target", "CrossEntropy", 0, 0, [3]);
        double total = Math.Log(Math.Exp(0) + Math.Exp(1) + Math.Exp(2));
        var output = Signature(3).Outputs[0];
        Assert.Equal(total - 1, PlainLoss.OfSample(classes, output, [9, 9, 9, 0, 1, 2], new Target(new[] { 0, 1 }), 1).Loss, 6);
        Assert.Equal(total - 1.5, PlainLoss.OfSample(shares, output, [0, 1, 2], new Target(new[] { 0f, 0.5f, 0.5f }), 0).Loss, 6);
    }

    [Fact]
    public void The_gaussian_loss_reads_means_and_raw_variances()
    {
        var target = new TargetSignature("target", "GaussianNll", 0, 0, [2]);
        double Variance(double r) => Math.Log(1 + Math.Exp(r)) + 1e-6;
        double expected = (Math.Log(Variance(1)) + (0.25 / Variance(1)) + Math.Log(Variance(-1)) + (4 / Variance(-1))) / 4;
        double value = PlainLoss.OfSample(target, Signature(4).Outputs[0], [0.5f, 3, 1, -1], new Target(new[] { 1f, 1f }), 0).Loss;
        Assert.Equal(expected, value, 6);
    }

    [Fact]
    public void What_has_no_target_weighs_nothing()
    {
        double total = Math.Log(Math.Exp(0) + Math.Exp(1) + Math.Exp(2));
        var places = new TargetSignature("target", "CrossEntropy", 0, 3, [3]) { IsMasked = true, ClassAxis = 1 };
        var scores = new TensorSignature("y", [3, 3]);
        (double Loss, double Weight) Classes(params int[] classes) => PlainLoss.OfSample(places, scores, [0, 1, 2, 0, 1, 2, 9, 9, 9], new Target(classes), 0);
        Assert.Equal(total - 1.5, Classes(1, 2, -1).Loss, 9);
        Assert.Equal(2, Classes(1, 2, -1).Weight);
        Assert.Equal((0, 0), Classes(-1, -1, -1));

        var whole = new TargetSignature("target", "L1", 0, 0, [2]) { IsMasked = true };
        var steps = whole with { Lengths = "lengths" };
        (double Loss, double Weight) Values(TargetSignature target, params float[] values) => PlainLoss.OfSample(target, Signature(2).Outputs[0], [0.5f, 2], new Target(values), 0);
        Assert.Equal((0.75, 1), Values(whole, 0, 1));
        Assert.Equal((0, 0), Values(whole, 0, float.NaN));
        Assert.Equal((0.75, 2), Values(steps, 0, 1));
        Assert.Equal((0.5, 1), Values(steps, 0, float.NaN));
    }

    [Theory]
    [InlineData("Huber")]
    [InlineData("CosineEmbedding")]
    [InlineData("Distance")]
    public void Losses_whose_settings_only_the_compiled_step_knows_are_left_out(string loss) =>
        Assert.False(PlainLoss.Knows(new TargetSignature("target", loss, 0, 0, [3]), Signature(3).Outputs[0]));

    [Fact]
    public void The_curve_of_the_loss_joins_neighbours_when_it_is_full()
    {
        var curve = new LossCurve();
        for (int i = 0; i < 1500; i++)
        {
            curve.Add(i);
        }

        Assert.Equal(4, curve.Stride);
        Assert.Equal(375, curve.Count);
        Assert.Equal(1.5, curve[0]);
        Assert.Equal(1497.5, curve[374]);
    }

    private static Metric Bound(Metric metric) => metric.For(SoftmaxRegression.Targets, SoftmaxRegression.Signature);

    private static Metric Measure(Metric metric)
    {
        var bound = Bound(metric);
        bound.Add(Scores, new Target(Truth), 4);
        return bound;
    }

    private static NetworkSignature Signature(params int[] output) =>
        new("Net", [new TensorSignature("input", [1])], [new TensorSignature("output", [.. output])]);
}
