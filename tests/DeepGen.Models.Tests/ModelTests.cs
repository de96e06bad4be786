namespace DeepGen.Models.Tests;

/// <summary>Every network of the package predicts finite numbers, of the shape it says, and learns from a batch.</summary>
public sealed class ModelTests
{
    [Fact]
    public void ResNet20_learns() => Check<ResNet20>([10], 272_474);

    [Fact]
    public void ResNet56_learns() => Check<ResNet56>([10], 855_770);

    [Fact]
    public void ResNet1001_learns() => Check<ResNet1001>([10], 10_327_706);

    [Fact]
    public void UNet_learns() => Check<UNet>([1, 128, 128], 116_753);

    [Fact]
    public void MobileNetV2_learns() => Check<MobileNetV2>([10], 2_236_682);

    [Fact]
    public void LstmClassifier_learns_from_sequences_of_lengths_of_their_own()
    {
        var network = new LstmClassifier(seed: 1);
        Assert.Equal(154_970, LstmClassifier.ParameterCount);
        var random = new Random(1);
        float[] x = [.. Enumerable.Range(0, 2 * 50 * 40).Select(_ => random.NextSingle())], y = new float[2 * 10], again = new float[2 * 10];
        int[] lengths = [50, 13], classes = [3, 7];
        network.Predict(x, lengths, y, T: 50);
        Assert.All(y, value => Assert.True(float.IsFinite(value)));
        x.AsSpan((50 + 13) * 40).Fill(float.NaN);
        network.Predict(x, lengths, again, T: 50);
        Assert.Equal(y, again);

        var optimizer = new Adam(1e-3);
        float first = network.Learn(x, lengths, classes, optimizer, T: 50);
        for (int i = 0; i < 9; i++)
        {
            network.Learn(x, lengths, classes, optimizer, T: 50);
        }

        Assert.True(network.Learn(x, lengths, classes, optimizer, T: 50) < first);
    }

    [Fact]
    public void Gcn_learns()
    {
        var network = new Gcn(seed: 1) { Graph = s_ring };
        CheckOverGraph(network, 23_063, network.Predict, network.Learn);
    }

    [Fact]
    public void GraphAttention_learns()
    {
        var network = new GraphAttention(seed: 1) { Graph = s_ring };
        CheckOverGraph(network, 92_373, network.Predict, network.Learn);
    }

    private const int Papers = 30;

    private static readonly NodeGraph s_ring = NodeGraph.FromEdges(Papers, Enumerable.Range(0, Papers).Select(i => (i, (i + 1) % Papers)));

    private delegate void Prediction(SparseMatrix words, Span<float> scores);

    private delegate float Step(SparseMatrix words, ReadOnlySpan<int> topics, Optimizer optimizer);

    /// <summary>Every third paper of a ring has a topic, which is that of a word it uses.</summary>
    private static void CheckOverGraph(INetwork network, int parameters, Prediction predict, Step learn)
    {
        Assert.Equal(parameters, network.Parameters.Where(p => p.Trainable).Sum(p => p.Length));
        var words = SparseMatrix.FromEntries(Papers, 1433, [.. Enumerable.Range(0, Papers)], [.. Enumerable.Range(0, Papers).Select(i => i % 7)]);
        int[] topics = [.. Enumerable.Range(0, Papers).Select(i => i % 3 == 0 ? i % 7 : -1)];
        float[] y = new float[Papers * 7];
        predict(words, y);
        Assert.All(y, value => Assert.True(float.IsFinite(value)));

        var optimizer = new Adam(0.01);
        float first = learn(words, topics, optimizer), last = first;
        for (int step = 0; step < 60; step++)
            last = learn(words, topics, optimizer);

        // Dropout makes single losses uneven.
        Assert.InRange(last, 0, 0.8f * first);
    }

    /// <param name="shape">Of the output.</param>
    /// <param name="parameters">How many numbers are learnt.</param>
    private static void Check<T>(int[] shape, int parameters)
        where T : class, ITrainable<T>
    {
        const int Count = 2;
        var network = T.Create(seed: 1);
        var input = T.Signature.Inputs.Single();
        var output = T.Signature.Outputs.Single();
        var target = T.Targets.Single();
        Assert.Equal(shape, output.Shape);
        Assert.Equal(parameters, network.Parameters.Where(p => p.Trainable).Sum(p => p.Length));

        var random = new Random(1);
        float[] x = Draw(Count * input.Length), y = new float[Count * output.Length];
        network.Predict([x], [y]);
        Assert.All(y, value => Assert.True(float.IsFinite(value)));

        var batch = new Batch(Count, [x], [target.Classes > 0 ? new Target(new[] { 3, 7 }) : new Target(Array.ConvertAll(Draw(Count * target.Length), v => v < 0.5f ? 0f : 1f))]);
        var optimizer = new Sgd(1e-3);
        float first = network.Learn(batch, optimizer);
        Assert.True(network.Learn(batch, optimizer) < first);

        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }
}
