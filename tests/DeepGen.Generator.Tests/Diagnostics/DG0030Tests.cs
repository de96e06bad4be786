namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0030Tests : DiagnosticTest
{
    [Theory]
    [InlineData("Dense(1), Train(Loss.CrossEntropy)", "CrossEntropy", "it needs a score for each of at least two classes; for a single score there is BinaryCrossEntropy", "Train(Loss.CrossEntropy)")]
    [InlineData("Dense(3), Train(Loss.CrossEntropy, ClassWeights = new[] { 1f, 2f })", "CrossEntropy", "there are 2 weights for 3 classes", "ClassWeights = new[] { 1f, 2f }")]
    [InlineData("Dense(2), Train(Loss.CrossEntropy, ClassWeights = new[] { 0f, 0f })", "CrossEntropy", "the weights of all classes are zero", "ClassWeights = new[] { 0f, 0f }")]
    [InlineData("Dense(2), Train(Loss.CrossEntropy, Soft = true, Certified = true)", "CrossEntropy", "a worst case is known for numbers of classes only; leave Soft or Certified out", "Certified = true")]
    [InlineData("Dense(2), Train(Loss.CrossEntropy, Lowest = 0)", "CrossEntropy", "Lowest belongs to certified training", "Lowest = 0")]
    [InlineData("Dense(2), Train(Loss.CrossEntropy, Certified = true, Lowest = 1, Highest = 0)", "CrossEntropy", "Lowest must be less than Highest", "Lowest = 1")]
    [InlineData("Dense(2), Train(Loss.L1, LabelSmoothing = 0.1f)", "L1", "it has no LabelSmoothing", "LabelSmoothing = 0.1f")]
    [InlineData("Dense(2), Train(Loss.MeanSquaredError, Certified = true)", "MeanSquaredError", "it has no Certified", "Certified = true")]
    [InlineData("Dense(3), Train(Loss.GaussianNll)", "GaussianNll", "its last axis must have an even size, means and then as many variances", "Train(Loss.GaussianNll)")]
    [InlineData("Dense(3), Train(Loss.CosineEmbedding, Margin = 0.5f)", "CosineEmbedding", "a margin belongs to two outputs; name the second one by Other", "Margin = 0.5f")]
    [InlineData("Reshape(2, 2), Dense(3), Train(Loss.CosineEmbedding)", "CosineEmbedding", "it compares vectors, not a sequence of 2 by 3", "Train(Loss.CosineEmbedding)")]
    [InlineData("GraphConv(3), Train(Loss.CrossEntropy, OnlyNeeded = true)", "CrossEntropy", "OnlyNeeded leaves nothing out where every sample has a target; there is Masked for those without", "OnlyNeeded = true")]
    [InlineData("Dense(3), Train(Loss.L1, Masked = true, OnlyNeeded = true)", "L1", "OnlyNeeded is for samples that are the nodes of a graph", "OnlyNeeded = true")]
    public void A_loss_has_outputs_and_arguments_it_can_work_with(string attributes, string loss, string reason, string at) =>
        Says($"{loss} cannot be a loss of 'output': {reason}", at, $"[Network, Input(4), {attributes}] public sealed partial class Net;");

    [Fact]
    public void Outputs_that_are_compared_have_one_shape() =>
        Says(
            "CosineEmbedding cannot be a loss of 'a': it compares a vector of 4 with a vector of 3",
            at: "Other = \"B\"",
            """
            [Network, Train(Loss.CosineEmbedding, Output = "A", Other = "B")]
            public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Mix(Tensor x);
                private (Tensor A, Tensor B) Forward([Shape(4)] Tensor x) => (x, Mix(x));
            }
            """);

    [Fact]
    public void A_single_number_is_no_vector() =>
        Says(
            "CosineEmbedding cannot be a loss of 'output': it compares vectors, not a single number",
            at: "Train(Loss.CosineEmbedding)",
            """
            [Network, Train(Loss.CosineEmbedding)]
            public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Mix(Tensor x);
                private Tensor Forward([Shape(4)] Tensor x) => Sum(Mix(x), 0);
            }
            """);

    [Fact]
    public void A_loss_is_named_once_for_an_output() =>
        Says(
            "L1 cannot be a loss of 'output': it is one already",
            at: "Train(Loss.L1, Weight = 2)",
            "[Network, Input(4), Dense(2), Train(Loss.L1), Train(Loss.L1, Weight = 2)] public sealed partial class Net;");
}
