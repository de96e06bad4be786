using System.Text.RegularExpressions;
using DeepGen.Generator.Check;
using DeepGen.Generator.Layers;

namespace DeepGen.Generator.Tests.Layers;

public class ReferenceTests
{
    // Operators are written as such, and Max and Min are called so by users.
    private static readonly string[] Operators = ["Add", "Subtract", "Multiply", "Divide", "Negate", "Maximum", "Minimum"];

    [Fact]
    public void Every_layer_stands_in_the_reference()
    {
        string text = Reference();
        Assert.DoesNotContain(LayerCatalog.All, l => !Operators.Contains(l.Kind) && !text.Contains(l.Kind, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_example_of_the_reference_is_a_network()
    {
        string[] examples = Examples();
        string[] networks = examples
            .SelectMany(e => Regex.Matches(e, @"\[Network\b.*?class (\w+)", RegexOptions.Singleline))
            .Select(m => m.Groups[1].Value)
            .ToArray();
        var program = new UserProgram(examples);
        Assert.Empty(program.Diagnose());
        Assert.Equal(["Small", "Filter", "SmallUNet", "Melody", "Answer", "Reader", "Translator", "Shrunk", "Sharper", "Rearranged", "Classifier", "Deep", "Gate", "Faster", "Light", "DeepGated", "Scored"], networks);
        Assert.All(networks, name => Assert.NotNull(Elaborator.Elaborate(program.Spec(name)).Forward));
    }

    [Fact]
    public void A_deep_networks_parameters_are_named_as_the_reference_says()
    {
        var parameters = Elaborator.Elaborate(new UserProgram(Examples()).Spec("Deep")).Parameters;
        Assert.Equal("1.*.4.running_var", parameters.Last(p => p.Counts.Count == 1).Path);
    }

    private static string[] Examples() =>
        Regex.Matches(Reference(), "```csharp\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value).ToArray();

    private static string Reference()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DeepGen.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return File.ReadAllText(Path.Combine(folder, "docs", "layers.md"));
    }
}
