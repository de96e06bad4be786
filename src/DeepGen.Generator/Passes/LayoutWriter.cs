using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>Writes values out in a layout, and says beforehand how many transposes of activations that would add.</summary>
internal sealed class LayoutWriter(FoldingBuilder folding, ParameterOnly isFixed)
{
    private readonly HashSet<Node> _written = [];

    /// <summary>The value itself.</summary>
    public Node Write(LazyView view) => Write(view, Layout.Natural(view.Shape.Rank));

    /// <summary>The core that, in the given layout, stands for the value.</summary>
    public Node Write(LazyView view, Layout layout)
    {
        Node core = Core(view, layout);
        _written.UnionWith(Moves(core));
        return core;
    }

    /// <summary>How many transposes <see cref="Write(LazyView, Layout)"/> would add that are not there for another user.</summary>
    public int Cost(LazyView view, Layout layout) => view.Layout == layout ? 0 : Moves(Core(view, layout)).Count(n => !_written.Contains(n));

    private Node Core(LazyView view, Layout layout)
    {
        if (view.Layout == layout)
        {
            return view.Core;
        }

        Node value = folding.Add(new Reshape(view.Shape), folding.Add(new Transpose(view.Order), view.Core));
        Shape grid = layout.CoreOf(view.Shape);
        Node transposed = folding.Add(new Reshape(grid.Permute(layout.Order)), value);
        return folding.Add(new Transpose(Permutation.Inverse(layout.Order)), transposed);
    }

    private IEnumerable<Node> Moves(Node node)
    {
        for (; node.Op is Reshape or Transpose or Broadcast && !isFixed.Contains(node); node = node.Inputs[0])
        {
            if (node.Op is Transpose)
            {
                yield return node;
            }
        }
    }
}
