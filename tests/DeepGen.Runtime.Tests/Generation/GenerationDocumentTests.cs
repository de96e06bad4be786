using System.Text.RegularExpressions;

namespace DeepGen.Tests;

/// <summary>docs/generation.md leaves no option and no rule out.</summary>
public class GenerationDocumentTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "generation.md"));

    [Fact]
    public void Every_option_every_rule_and_every_member_of_a_decoder_is_named()
    {
        Assert.All(typeof(GenerationOptions).GetProperties().Where(p => p.CanWrite), p => Assert.Contains($"| `{p.Name}` |", Text));
        Assert.All(
            typeof(CheckpointRule).GetMethods().Where(m => m.ReturnType == typeof(CheckpointRule)),
            m => Assert.Matches($@"\| `\.?{m.Name}\(", Text));
        Assert.All(typeof(IDecoder).GetMembers().Where(m => !m.Name.StartsWith("get_", StringComparison.Ordinal)), m => Assert.Contains($"`{m.Name}", Text));
    }

    [Fact]
    public void Every_parameter_of_the_ready_maps_is_named()
    {
        string prose = Regex.Replace(Text, "```csharp\n(.*?)```", "", RegexOptions.Singleline);
        var named = Regex.Matches(prose, "`([^`]+)`").Select(m => m.Groups[1].Value).ToHashSet();
        foreach (var map in (CheckpointMap[])[CheckpointMaps.Llama, CheckpointMaps.Gpt2])
        {
            Assert.All(map.Rules.SelectMany(r => r.Targets), target =>
            {
                string[] parts = target.Text.Split('.');
                Assert.True(
                    named.Contains(target.Text) || named.Contains(string.Join('.', parts[..^1])) || (named.Contains(string.Join('.', parts[..^2])) && named.Contains(parts[^2])),
                    target.Text);
            });
        }
    }
}
