using DeepGen.Generator.Layers;

namespace DeepGen.Generator.Tests.Layers;

public class ReferenceTests
{
    // Operators are written as such, and Max and Min are called so by users.
    private static readonly string[] Operators = ["Add", "Subtract", "Multiply", "Divide", "Negate", "Maximum", "Minimum"];

    [Fact]
    public void Every_layer_stands_in_the_reference()
    {
        string text = File.ReadAllText(Path.Combine(Root(), "docs", "layers.md"));
        Assert.DoesNotContain(LayerCatalog.All, l => !Operators.Contains(l.Kind) && !text.Contains(l.Kind, StringComparison.Ordinal));
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DeepGen.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
