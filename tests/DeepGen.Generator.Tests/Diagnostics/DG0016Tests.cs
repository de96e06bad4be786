namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0016Tests : DiagnosticTest
{
    [Fact]
    public void A_learnt_tensor_takes_nothing() =>
        Says("Learned takes nothing, but gets one tensor", at: "Learned(4)", "[Network, Input(4), Learned(4)] public sealed partial class Net;");

    [Fact]
    public void A_convolution_takes_an_image() =>
        Says(
            "Conv2D takes an image of channels, height and width, but gets a vector of 10",
            at: "Conv2D(4, 3)",
            """
            [Network, Input(10), Conv2D(4, 3)]
            public sealed partial class Net;
            """);

    [Fact]
    public void A_pool_in_Forward_takes_an_image() =>
        Says(
            "MaxPool2D takes an image of channels, height and width, but gets a sequence of 5 by 6",
            at: "MaxPool2D(x, 2)",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(5, 6)] Tensor x) => MaxPool2D(x, 2);
            }
            """);

    [Fact]
    public void A_sparse_input_has_a_constant_size() =>
        Says(
            "Sparse takes a vector of constant size, but gets a vector of T",
            at: "Sparse = true",
            """
            [Network, Size("T", 9), Input("T", Sparse = true), GraphConv(3)]
            public sealed partial class Net;
            """);

    [Fact]
    public void Layers_over_a_graph_all_have_the_same_nodes() =>
        Says(
            "GraphConv takes the nodes that the layers before it take, but gets a vector of 8",
            at: "GraphConv(2)",
            """
            [Network, Input(5, 6), GraphConv(8), GraphPool, GraphConv(2)]
            public sealed partial class Net;
            """);

    [Fact]
    public void There_is_something_to_pool() =>
        Says(
            "GraphPool takes a graph a sample: a row for each node, but gets a vector of 6",
            at: "GraphPool",
            """
            [Network, Input(6), GraphPool]
            public sealed partial class Net;
            """);
}
