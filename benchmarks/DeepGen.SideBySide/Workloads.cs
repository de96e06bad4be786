using DeepGen.Models;
using DeepGen.SideBySide.Measuring;
using DeepGen.SideBySide.Networks;

namespace DeepGen.SideBySide;

/// <summary>Everything that is measured, in the order of the table.</summary>
internal static class Workloads
{
    private const string Mlp = "MLP 784-256-128-10", Cnn = "CNN 32-64-128-10 on 1x28x28", ResNet = "ResNet-20 on 3x32x32", Lstm = "LSTM 32-128-10, 64 steps", UNetTitle = "U-Net 16-32-64 on 1x128x128", Wide = "MLP 4 x 1024", Tiny = "MLP 4-16-16-2, tanh", Text = "GPT, 4 blocks of 128, 128 characters";
    private const string OpenBlas = "openblas_peer", PlainC = "plain_peer", TinyC = "tiny_peer", GraphC = "gcn_peer";

    private static readonly MultiplyAdds s_mlp = MultiplyAdds.Dense(784, 256, 128, 10);
    private static readonly MultiplyAdds s_cnn = MultiplyAdds.Conv(1, 32, 3, 28) + MultiplyAdds.Conv(32, 64, 3, 14) + MultiplyAdds.Dense(64 * 7 * 7, 128, 10);
    private static readonly MultiplyAdds s_lstm = MultiplyAdds.Lstm(64, 32, 128) + MultiplyAdds.Dense(128, 10);
    private static readonly MultiplyAdds s_wide = MultiplyAdds.Dense(1024, 1024, 1024, 1024, 1024);
    private static readonly MultiplyAdds s_tiny = MultiplyAdds.Dense(4, 16, 16, 2);
    private static readonly MultiplyAdds s_resNet = MultiplyAdds.Conv(3, 16, 3, 32) + (6 * MultiplyAdds.Conv(16, 16, 3, 32))
        + Halving(16, 16) + (5 * MultiplyAdds.Conv(32, 32, 3, 16))
        + Halving(32, 8) + (5 * MultiplyAdds.Conv(64, 64, 3, 8))
        + MultiplyAdds.Dense(64, 10);

    /// <summary>Half of what attention multiplies is masked.</summary>
    private static readonly MultiplyAdds s_gpt = new((128 * ((4 * 12 * 128 * 128) + (128 * 65))) + (4 * 128 * 128 * 128), 0);

    /// <summary>One character, which attends to 64 and to itself.</summary>
    private static readonly MultiplyAdds s_decoder = new((4 * 12 * 128 * 128) + (128 * 65) + (4 * 2 * 65 * 128), 0);

    // The transposed convolutions are products of every pixel that comes in with all of their filters.
    private static readonly MultiplyAdds s_uNet = MultiplyAdds.Conv(1, 16, 3, 128) + MultiplyAdds.Conv(16, 16, 3, 128)
        + MultiplyAdds.Conv(16, 32, 3, 64) + MultiplyAdds.Conv(32, 32, 3, 64)
        + MultiplyAdds.Conv(32, 64, 3, 32) + MultiplyAdds.Conv(64, 64, 3, 32)
        + MultiplyAdds.Conv(64, 32, 2, 32) + MultiplyAdds.Conv(64, 32, 3, 64) + MultiplyAdds.Conv(32, 32, 3, 64)
        + MultiplyAdds.Conv(32, 16, 2, 64) + MultiplyAdds.Conv(32, 16, 3, 128) + MultiplyAdds.Conv(16, 16, 3, 128)
        + MultiplyAdds.Conv(16, 1, 1, 128);

    public static IReadOnlyList<Workload> All { get; } =
    [
        PredictMlp(1),
        PredictMlp(64),
        Workload.Training<Mlp>("W1", Mlp, "mlp", 64, s_mlp, Work.Sgd) with { OwnPeers = [OpenBlas], TwoThreads = true },
        Workload.Training<Mlp>("W1", Mlp, "mlp", 64, s_mlp, Work.Adam),

        PredictCnn(1),
        PredictCnn(64),
        Workload.Training<Cnn>("W2", Cnn, "cnn", 64, s_cnn, Work.Sgd) with { TwoThreads = true, Rate = 0.03 },

        Workload.Predicting<CnnInTiles>("W2W", Cnn + ", Winograd", "cnn", 64, s_cnn, (network, input, output, count) =>
        {
            for (; count > 0; count--)
                network.Predict(input, output);
        }),

        PredictResNet(1),
        PredictResNet(32),
        Workload.Training<ResNet20>("W3", ResNet, "resnet20", 32, s_resNet, Work.Sgd) with { Rate = 0.0005 },
        Workload.Predicting<ResNet20InTiles>("W3W", ResNet + ", Winograd", "resnet20", 1, s_resNet, (network, input, output, count) =>
        {
            for (; count > 0; count--)
                network.Predict(input, output);
        }),
        Workload.Training<ResNet20InTiles>("W3W", ResNet + ", Winograd", "resnet20", 32, s_resNet, Work.Sgd) with { Rate = 0.0005 },

        PredictLstm(1),
        PredictLstm(32) with { TwoThreads = true },
        Workload.Training<LastState>("W4", Lstm, "lstm", 32, s_lstm, Work.Sgd) with { TwoThreads = true },
        PredictGpt(1),
        PredictGpt(8) with { TwoThreads = true },
        Workload.Training<Gpt>("W5", Text, "gpt", 8, s_gpt, Work.Sgd) with { Ids = 65, TwoThreads = true },
        Workload.Training<Gpt>("W5", Text, "gpt", 8, s_gpt, Work.AdamW) with { Ids = 65 },
        Workload.Decoding<SpeakingGpt>("W5", Text, "gpt_decoder", 64, s_decoder),
        Workload.Decoding<LightGpt>("W5B", Text + ", bfloat16", "gpt_decoder", 64, s_decoder) with { RoundsWeights = true },
        Workload.Predicting<UNet>("W6", UNetTitle, "unet", 1, s_uNet, (network, input, output, count) =>
        {
            for (; count > 0; count--)
                network.Predict(input, output);
        }),
        Workload.Training<UNet>("W6", UNetTitle, "unet", 1, s_uNet, Work.Sgd) with { Rate = 0.03 },

        TrainGcn(PaperCounts.Cora),

        Workload.Predicting<WideMlp>("W8", Wide, "wide_mlp", 256, s_wide, (network, input, output, count) =>
        {
            for (; count > 0; count--)
                network.Predict(input, output);
        }) with { OwnPeers = [OpenBlas], TwoThreads = true },
        Workload.Training<WideMlp>("W8", Wide, "wide_mlp", 256, s_wide, Work.Sgd) with { OwnPeers = [OpenBlas], TwoThreads = true },

        Workload.Predicting<TinyMlp>("W9", Tiny, "tiny_mlp", 1, s_tiny, (network, input, output, count) =>
        {
            for (; count > 0; count--)
                network.Predict(input, output);
        }) with { OwnPeers = [TinyC] },
    ];

    private static Workload PredictMlp(int batch) => Workload.Predicting<Mlp>("W1", Mlp, "mlp", batch, s_mlp, (network, input, output, count) =>
    {
        for (; count > 0; count--)
            network.Predict(input, output);
    }) with
    { OwnPeers = [OpenBlas, PlainC] };

    private static Workload PredictCnn(int batch) => Workload.Predicting<Cnn>("W2", Cnn, "cnn", batch, s_cnn, (network, input, output, count) =>
    {
        for (; count > 0; count--)
            network.Predict(input, output);
    });

    private static Workload PredictResNet(int batch) => Workload.Predicting<ResNet20>("W3", ResNet, "resnet20", batch, s_resNet, (network, input, output, count) =>
    {
        for (; count > 0; count--)
            network.Predict(input, output);
    });

    private static Workload PredictLstm(int batch) => Workload.Predicting<LastState>("W4", Lstm, "lstm", batch, s_lstm, (network, input, output, count) =>
    {
        for (; count > 0; count--)
            network.Predict(input, output);
    });

    private static Workload PredictGpt(int batch) => Workload.Predicting<Gpt>("W5", Text, "gpt", batch, s_gpt, (network, input, output, count) =>
    {
        int[] ids = Array.ConvertAll(input, id => (int)id);
        for (; count > 0; count--)
            network.Predict(ids, output);
    }) with
    { Ids = 65 };

    /// <summary>An epoch: the words of all papers, then the papers around each, and all of it backwards.</summary>
    private static Workload TrainGcn(PaperCounts counts) => Workload.Training<Gcn>("W7", "GCN 1433-16-7 over 2708 nodes", "gcn", counts.Papers, default, Work.Adam) with
    {
        Papers = counts,
        Flops = 2.0 * ((2 * 16 * counts.Entries) + (2 * (16 + 7) * counts.Neighbours) + (3 * 16 * 7 * counts.Papers)),
        OwnPeers = [GraphC],
        TwoThreads = true,
        Repeating = (made, example, rate) =>
        {
            var (network, papers) = ((Gcn)made, example.Papers!);
            network.Graph = papers.Graph;
            var optimizer = new Adam(rate, epsilon: Workload.AdamEpsilon);
            return count =>
            {
                for (; count > 0; count--)
                    network.Learn(papers.Words, papers.Topics, optimizer);
            };
        },
    };

    /// <summary>The first convolution of a block that halves an image to this size, and the projection around it.</summary>
    private static MultiplyAdds Halving(double inputs, double size) =>
        MultiplyAdds.Conv(inputs, 2 * inputs, 3, size) + MultiplyAdds.Conv(inputs, 2 * inputs, 1, size);
}
