using System.Globalization;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>The program itself: what Main needs of Prepare becomes a numbered output there and a parameter here.</summary>
internal sealed class HoistRoot() : HoistScope(null)
{
    private readonly Dictionary<Node, string> _paths = [];
    private readonly List<GraphOutput> _outputs = [];

    public IReadOnlyList<GraphOutput> Outputs => _outputs;

    protected override Prepared Origin(Prepared value) => value;

    protected override Node Export(Node node)
    {
        if (node.Op is Parameter)
        {
            return Main.Add(node.Op);
        }

        if (!_paths.TryGetValue(node, out string path))
        {
            path = "@prepared:" + _paths.Count.ToString(CultureInfo.InvariantCulture);
            _paths.Add(node, path);
            _outputs.Add(new GraphOutput(path, node));
        }

        return Labels.Keep(node, Main.Add(new Parameter(path, node.Shape) { IsNarrow = Narrow.Holds(node) }));
    }

    protected override Node ReadFromOutside(Prepared value) => throw new IrException("Nothing lies outside the program.");

    protected override Node ImportFromOutside(Prepared value) => throw new IrException("Nothing lies outside the program.");
}
