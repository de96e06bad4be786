using System.Globalization;
using System.Text;

namespace DeepGen.SideBySide.Drawing;

/// <summary>Drawn networks as a user of DeepGen and a user of PyTorch would write them.</summary>
internal static class DrawnSource
{
    /// <summary>The declarations alone.</summary>
    public static string Declarations(IEnumerable<DrawnNetwork> networks)
    {
        var text = new StringBuilder("using DeepGen;\n\nnamespace DeepGen.SideBySide.Networks;\n");
        foreach (var network in networks)
        {
            string layers = string.Join(", ", network.Layers.Select(layer => layer.Attribute));
            text.Append(CultureInfo.InvariantCulture, $"\n[Network, Input({string.Join(", ", network.Input)})]\n[{layers}]\npublic sealed partial class {network.Name};\n");
        }

        return text.ToString();
    }

    /// <summary>What makes workloads of them.</summary>
    public static string Workloads(IEnumerable<DrawnNetwork> networks)
    {
        var text = new StringBuilder("""
            using DeepGen.SideBySide.Networks;

            namespace DeepGen.SideBySide;

            internal static partial class RandomWorkloads
            {
                static partial void Add()
                {

            """.ReplaceLineEndings("\n"));
        foreach (var network in networks)
        {
            string title = $"{string.Join("x", network.Input)}: {string.Join(", ", network.Layers.Select(layer => layer.Attribute))}";
            text.Append(CultureInfo.InvariantCulture, $"        Both<{network.Name}>(\"{title}\", {network.MultiplyAdds:F0}, (network, input, output, count) =>\n");
            text.Append("        {\n            for (; count > 0; count--)\n                network.Predict(input, output);\n        });\n");
        }

        return text.Append("    }\n}\n").ToString();
    }

    /// <summary>The same networks for the peers.</summary>
    public static string Python(IEnumerable<DrawnNetwork> networks)
    {
        var text = new StringBuilder("from torch import nn\n\nfrom networks import GlobalAveragePool\n\nNETWORKS = {\n");
        foreach (var network in networks)
        {
            string modules = string.Join(", ", network.Layers.Select(layer => layer.Module));
            text.Append(CultureInfo.InvariantCulture, $"    \"{network.Name}\": lambda: nn.Sequential({modules}),\n");
        }

        return text.Append("}\n").ToString();
    }

    public static void Write(string folder, IReadOnlyList<DrawnNetwork> networks)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Networks.cs"), Declarations(networks));
        File.WriteAllText(Path.Combine(folder, "Workloads.cs"), Workloads(networks));
        File.WriteAllText(Path.Combine(folder, "drawn.py"), Python(networks));
    }
}
