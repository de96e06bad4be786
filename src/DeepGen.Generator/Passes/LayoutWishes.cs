using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>
/// The transposes that a value's users will ask of it, directly or after elementwise operations, into and out of loops: a
/// value that waits for one of them had better arrive in that layout.
/// </summary>
internal sealed class LayoutWishes
{
    /// <summary>More than this many different wishes for one value help nobody.</summary>
    private const int Most = 4;

    private static readonly IReadOnlyList<EquatableArray<int>> _none = [];

    private readonly Dictionary<Node, List<EquatableArray<int>>> _wishes = [];

    private LayoutWishes(Graph graph, Dictionary<Graph, LayoutWishes> known)
    {
        foreach (Node node in graph.Nodes.Reverse())
        {
            switch (node.Op)
            {
                case Transpose transpose:
                    Add(node.Inputs[0], transpose.Permutation);
                    break;
                case Elementwise:
                    foreach (Node operand in node.Inputs)
                    {
                        AddAll(operand, Of(node));
                    }

                    break;
                case Repeat repeat:
                    IntoBody(node, repeat, For(repeat.Body, known));
                    break;
            }
        }
    }

    public static LayoutWishes For(Graph graph, Dictionary<Graph, LayoutWishes> known)
    {
        if (!known.TryGetValue(graph, out LayoutWishes wishes))
        {
            wishes = new LayoutWishes(graph, known);
            known.Add(graph, wishes);
        }

        return wishes;
    }

    public IReadOnlyList<EquatableArray<int>> Of(Node node) => _wishes.TryGetValue(node, out var wishes) ? wishes : _none;

    private void IntoBody(Node node, Repeat repeat, LayoutWishes body)
    {
        for (int j = 0; j < node.Inputs.Length; j++)
        {
            bool isSliced = j >= repeat.Carried && j < repeat.Carried + repeat.Sliced;
            IReadOnlyList<EquatableArray<int>> wishes = body.Of(repeat.Body.Inputs[j]);
            AddAll(node.Inputs[j], isSliced ? wishes.Select(Stacked) : wishes);
        }
    }

    /// <summary>The permutation that leaves a new leading axis where it is.</summary>
    public static EquatableArray<int> Stacked(EquatableArray<int> order) => order.Select(a => a + 1).Prepend(0).ToEquatable();

    private void AddAll(Node node, IEnumerable<EquatableArray<int>> wishes)
    {
        foreach (EquatableArray<int> wish in wishes)
        {
            Add(node, wish);
        }
    }

    private void Add(Node node, EquatableArray<int> wish)
    {
        if (!_wishes.TryGetValue(node, out var wishes))
        {
            _wishes.Add(node, wishes = []);
        }

        if (wishes.Count < Most && !wishes.Contains(wish))
        {
            wishes.Add(wish);
        }
    }
}
