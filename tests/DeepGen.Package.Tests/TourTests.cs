using DeepGen.Tests;

namespace DeepGen.Package.Tests;

/// <summary>docs/tour.md shows what the compiler writes: its first block is compiled, every later one must be in the output.</summary>
[Collection(nameof(PackageFeed))]
public sealed class TourTests(PackageFeed feed)
{
    private const string LeftOut = "…";

    [Fact]
    public void The_tour_shows_what_the_compiler_writes()
    {
        var blocks = CodeBlocks(File.ReadAllLines(Repository.Folder("docs", "tour.md")));
        var project = feed.NewProject("Tour", blocks[0] + "\npublic static class Program { public static void Main() => new Perceptron(); }\n", "<DeepGenDumpIr>true</DeepGenDumpIr>");
        project.Build().MustSucceed();

        var written = project.GeneratedFiles().SelectMany(File.ReadLines).Select(Bare).ToHashSet();
        string[] stale = [.. blocks.Skip(1).SelectMany(block => block.Split('\n')).Where(line => line.Trim() != LeftOut && !written.Contains(Bare(line)))];

        Assert.True(stale.Length == 0, "The compiler no longer writes these lines of docs/tour.md:\n" + string.Join('\n', stale));
    }

    // The dump is a C# file, so all of it stands behind comment signs there; the tour shows it without.
    private static string Bare(string line)
    {
        string text = line.TrimStart('\uFEFF').Trim();
        return text.StartsWith("// ", StringComparison.Ordinal) ? text[3..] : text;
    }

    private static List<string> CodeBlocks(string[] lines)
    {
        var blocks = new List<string>();
        List<string>? block = null;
        foreach (string line in lines)
        {
            if (!line.StartsWith("```", StringComparison.Ordinal))
                block?.Add(line);
            else if (block is null)
                block = [];
            else
            {
                blocks.Add(string.Join('\n', block));
                block = null;
            }
        }

        return blocks;
    }
}
