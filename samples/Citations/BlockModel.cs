using DeepGen;

namespace Citations;

/// <summary>
/// Papers drawn from a stochastic block model: those of one topic cite each other more often than others, and use the words of
/// their topic more often, yet neither often enough to tell a paper's topic by itself.
/// </summary>
internal static class BlockModel
{
    public const int Words = 400;

    public const int Topics = 5;

    private const int Papers = 1500;
    private const int LabelledOfEach = 20;
    private const int WordsOfEach = 20;
    private const double OwnWord = 0.30;
    private const double CitesOwn = 0.0080;
    private const double CitesOther = 0.0008;

    public static Papers Draw(int seed)
    {
        var random = new Random(seed);
        int[] topics = [.. Enumerable.Range(0, Papers).Select(_ => random.Next(Topics))];
        var edges = new List<(int, int)>();
        for (int a = 0; a < Papers; a++)
        {
            for (int b = a + 1; b < Papers; b++)
            {
                if (random.NextDouble() < (topics[a] == topics[b] ? CitesOwn : CitesOther))
                    edges.Add((a, b));
            }
        }

        var rows = new List<int>();
        var columns = new List<int>();
        for (int i = 0; i < Papers; i++)
        {
            for (int w = 0; w < WordsOfEach; w++)
            {
                rows.Add(i);
                columns.Add(random.NextDouble() < OwnWord ? (topics[i] * Words / Topics) + random.Next(Words / Topics) : random.Next(Words));
            }
        }

        int[] seen = new int[Topics];
        string[] use = [.. topics.Select(topic => seen[topic]++ < LabelledOfEach ? "train" : "test")];
        return new Papers(
            NodeGraph.FromEdges(Papers, edges), SparseMatrix.FromEntries(Papers, Words, [.. rows], [.. columns]).WithRowSumsOfOne(), topics, use);
    }
}
