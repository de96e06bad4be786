using DeepGen;

namespace Citations;

/// <summary>One training by Kipf and Welling's settings: Adam at 0.01, a weight decay of 5e-4 on the first layer, 200 epochs.</summary>
internal static class Lesson
{
    public const int Epochs = 200;

    /// <summary>Trains the network for Cora.</summary>
    public static PaperTopics OfPapers(Papers papers, ulong seed, int threads, Action<int, float>? progress = null)
    {
        var network = new PaperTopics(seed) { Graph = papers.Graph, Threads = threads };
        int[] topics = papers.For("train");
        Run(network.Training, seed, optimizer => network.Learn(papers.Words, topics, optimizer), progress);
        return network;
    }

    /// <summary>Trains the one for the drawn graph.</summary>
    public static DrawnTopics OfDrawn(Papers papers, ulong seed, int threads, Action<int, float>? progress = null)
    {
        var network = new DrawnTopics(seed) { Graph = papers.Graph, Threads = threads };
        int[] topics = papers.For("train");
        Run(network.Training, seed, optimizer => network.Learn(papers.Words, topics, optimizer), progress);
        return network;
    }

    /// <summary>The share of the papers for one use whose largest score is that of their topic.</summary>
    public static double Accuracy(ReadOnlySpan<float> scores, Papers papers, string use)
    {
        int classes = scores.Length / papers.Count;
        int all = 0;
        int right = 0;
        for (int i = 0; i < papers.Count; i++)
        {
            if (papers.Use[i] == use)
            {
                all++;
                right += Largest(scores.Slice(i * classes, classes)) == papers.Topics[i] ? 1 : 0;
            }
        }

        return (double)right / all;
    }

    public static int Largest(ReadOnlySpan<float> scores)
    {
        int largest = 0;
        for (int c = 1; c < scores.Length; c++)
            largest = scores[c] > scores[largest] ? c : largest;

        return largest;
    }

    private static void Run(TrainingState training, ulong seed, Func<Optimizer, float> learn, Action<int, float>? progress)
    {
        training.Seed = seed;
        var optimizer = new Adam(0.01).Group("1.*", weightDecay: 5e-4);
        for (int epoch = 1; epoch <= Epochs; epoch++)
        {
            float loss = learn(optimizer);
            progress?.Invoke(epoch, loss);
        }
    }
}
