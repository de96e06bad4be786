using System.Text.RegularExpressions;
using DeepGen.Generator.Diagnostics;
using DeepGen.Tests;

namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class PageTests
{
    // DG0015 is reported by the package's build files.
    private static readonly string[] Ids = [.. Descriptors.All.Select(d => d.Id).Append("DG0015").Order(StringComparer.Ordinal)];

    [Fact]
    public void Ids_count_from_one_without_gaps() =>
        Assert.Equal(Enumerable.Range(1, Ids.Length).Select(i => $"DG{i:0000}"), Ids);

    [Fact]
    public void Every_id_has_its_page_and_every_page_its_id() =>
        Assert.Equal(Ids, Directory.GetFiles(Pages, "DG*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_page_opens_with_its_id_and_says_what_and_how_to_fix() => Assert.All(Ids, id =>
    {
        string page = File.ReadAllText(Path.Combine(Pages, id + ".md"));
        Assert.StartsWith($"# {id}: ", page);
        Assert.Equal(["What", "Example", "Fix"], Regex.Matches(page, "^## (.*)$", RegexOptions.Multiline).Select(m => m.Groups[1].Value));
    });

    [Fact]
    public void Every_rule_links_to_its_page() =>
        Assert.All(Descriptors.All, d => Assert.EndsWith($"/docs/diagnostics/{d.Id}.md", d.HelpLinkUri));

    [Fact]
    public void Every_rule_has_its_tests() => Assert.All(Descriptors.All, d =>
        Assert.True(typeof(PageTests).Assembly.GetTypes().Any(t => t.Name == d.Id + "Tests"), $"no test fails for want of {d.Id}"));

    private static string Pages => Repository.Folder("docs", "diagnostics");
}
