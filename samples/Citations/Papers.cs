using System.Globalization;
using DeepGen;

namespace Citations;

/// <summary>Papers that cite each other: their words, their topics, and which of them are for what.</summary>
/// <param name="Graph">A node for each paper.</param>
/// <param name="Words">A row for each paper, its entries adding up to one.</param>
/// <param name="Topics">The topic of each.</param>
/// <param name="Use">"train", "val", "test", or anything else for none of them.</param>
internal sealed record Papers(NodeGraph Graph, SparseMatrix Words, int[] Topics, string[] Use)
{
    public int Count => Topics.Length;

    /// <summary>Topics of the papers for one use, −1 for the others: they count for nothing.</summary>
    public int[] For(string use) => [.. Topics.Select((topic, i) => Use[i] == use ? topic : -1)];

    /// <summary>
    /// A folder with nodes.tsv (number, topic, use, and the numbers of the words that occur, separated by spaces) and edges.tsv (two
    /// numbers of papers a line), columns being separated by tabs.
    /// </summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="words">How many words there are.</param>
    public static Papers Read(string folder, int words)
    {
        string nodesFile = Path.Combine(folder, "nodes.tsv");
        string[][] nodes = [.. File.ReadLines(nodesFile).Select(line => line.Split('\t'))];
        var rows = new List<int>();
        var columns = new List<int>();
        int[] topics = new int[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Length != 4 || Number(nodes[i][0], nodesFile, i) != i)
                throw new FormatException($"{nodesFile}, line {i + 1}: expected paper {i}, its topic, its use and its words, separated by tabs.");

            topics[i] = Number(nodes[i][1], nodesFile, i);
            foreach (string word in nodes[i][3].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                rows.Add(i);
                columns.Add(Number(word, nodesFile, i));
            }
        }

        string edgesFile = Path.Combine(folder, "edges.tsv");
        var edges = File.ReadLines(edgesFile).Select((line, i) => line.Split('\t') is [string a, string b]
            ? (Number(a, edgesFile, i), Number(b, edgesFile, i))
            : throw new FormatException($"{edgesFile}, line {i + 1}: expected two numbers of papers, separated by a tab."));
        return new Papers(
            NodeGraph.FromEdges(nodes.Length, edges),
            SparseMatrix.FromEntries(nodes.Length, words, [.. rows], [.. columns]).WithRowSumsOfOne(),
            topics,
            [.. nodes.Select(n => n[2])]);
    }

    private static int Number(string text, string file, int line) => int.TryParse(text, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new FormatException($"{file}, line {line + 1}: '{text}' is no whole number.");
}
