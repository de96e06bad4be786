using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Tests.Losses;

namespace DeepGen.Generator.Tests.Passes;

public sealed class LeaveOutRowsTests
{
    [Fact]
    public void Each_layer_before_the_loss_reaches_one_step_further()
    {
        var trained = new Trained("Input(40, Sparse = true), GraphConv(16), Relu, GraphSage(8), Tanh, GraphConv(3), Train(Loss.CrossEntropy, Masked = true, OnlyNeeded = true)");
        Assert.Equal(["mean within=1", "symmetric within=0", "symmetric within=2"], Matrices(trained.Graph));
        Assert.Equal(3, Assert.Single(trained.Training.InputReach));
    }

    [Fact]
    public void What_a_sum_over_the_batch_or_a_loop_reads_is_whole()
    {
        Assert.Equal(
            ["symmetric", "symmetric within=0"],
            Matrices(new Trained("Input(5), GraphConv(4), BatchNorm, GraphConv(3), Train(Loss.CrossEntropy, Masked = true, OnlyNeeded = true)").Graph));
        Assert.Equal(
            ["symmetric"],
            Matrices(new Trained("Input(5), GraphConv(4), GraphConv(3), Train(Loss.CrossEntropy, Masked = true)").Graph));
    }

    [Fact]
    public void Another_loss_that_needs_all_rows_keeps_them()
    {
        var trained = new Trained(
            "Train(Loss.CrossEntropy, Output = \"a\", Masked = true, OnlyNeeded = true), Train(Loss.L1, Output = \"b\")",
            """
            [GraphConv(4)] private partial Tensor First(Tensor x);
            [GraphConv(3)] private partial Tensor Second(Tensor x);
            private (Tensor a, Tensor b) Forward([Shape(5)] Tensor x) => (Second(First(x)), First(x));
            """);
        Assert.Equal(["symmetric", "symmetric within=0"], Matrices(trained.Graph));
    }

    private static string[] Matrices(Graph graph) => [.. graph.Nodes.Where(n => n.Op is Adjacency).Select(n => n.Op.Attributes).Distinct().Order(StringComparer.Ordinal)];
}
