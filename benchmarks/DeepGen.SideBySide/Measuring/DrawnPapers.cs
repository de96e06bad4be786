using System.Runtime.InteropServices;

namespace DeepGen.SideBySide.Measuring;

/// <summary>How large a graph of papers is: who cites whom, the words of each, and of how many the topic is known.</summary>
internal sealed record PaperCounts(int Papers, int Citations, int Words, int Entries, int Topics, int Known)
{
    /// <summary>Those of Cora, as usually trained on.</summary>
    public static PaperCounts Cora { get; } = new(2708, 5278, 1433, 49216, 7, 140);

    /// <summary>Entries of the matrix that layers multiply by.</summary>
    public int Neighbours => (2 * Citations) + Papers;
}

/// <summary>A random graph of such a size, and what the papers are about.</summary>
internal sealed class DrawnPapers
{
    private readonly int[] _from, _to;

    public DrawnPapers(PaperCounts counts, Random random)
    {
        (_from, _to) = Distinct(counts.Citations, () => (random.Next(counts.Papers), random.Next(counts.Papers)), pair => pair.Row < pair.Column);
        Graph = NodeGraph.FromEdges(counts.Papers, _from, _to);
        var (row, column) = Distinct(counts.Entries, () => (random.Next(counts.Papers), random.Next(counts.Words)), _ => true);
        Words = SparseMatrix.FromEntries(counts.Papers, counts.Words, row, column).WithRowSumsOfOne();
        Topics = [.. Enumerable.Range(0, counts.Papers).Select(paper => paper < counts.Known ? random.Next(counts.Topics) : -1)];
    }

    public NodeGraph Graph { get; }

    public SparseMatrix Words { get; }

    /// <summary>The topic of each paper; −1 where it is not known.</summary>
    public int[] Topics { get; }

    /// <summary>Writes it for the peers: citations as pairs, words row by row.</summary>
    public void Write(string folder)
    {
        Write<int>("edges.i32", [.. _from, .. _to]);
        Write("words.starts.i32", Words.RowStarts);
        Write("words.columns.i32", Words.ColumnIndices);
        Write("words.f32", Words.Values);
        Write<int>("target.i32", Topics);

        void Write<T>(string name, ReadOnlySpan<T> values)
            where T : unmanaged => File.WriteAllBytes(Path.Combine(folder, name), MemoryMarshal.AsBytes(values));
    }

    private static (int[] Rows, int[] Columns) Distinct(int count, Func<(int Row, int Column)> draw, Predicate<(int Row, int Column)> fits)
    {
        var drawn = new HashSet<(int Row, int Column)>();
        while (drawn.Count < count)
        {
            var pair = draw();
            if (fits(pair))
                drawn.Add(pair);
        }

        return ([.. drawn.Select(pair => pair.Row)], [.. drawn.Select(pair => pair.Column)]);
    }
}
