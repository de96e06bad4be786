using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// Which values a derivative goes through: those that vary with a wanted value and that a root needs. In a loop a carried value
/// varies if it does before or after any iteration, and is needed likewise.
/// </summary>
internal sealed class Activity
{
    private readonly Dictionary<Node, ImmutableArray<bool>> _varied = [];
    private readonly Dictionary<Node, bool[]> _needed = [];

    public Activity(Graph graph, IEnumerable<Node> roots, IEnumerable<Node> wanted)
    {
        Vary(graph, new HashSet<Node>(wanted));
        Need(graph, roots);
    }

    /// <summary>Whether a value, one result of a Repeat perhaps, has a cotangent worth computing.</summary>
    public bool Includes(Node node, int result = 0) => _varied[node][result] && _needed[node][result];

    /// <summary>The inputs of a loop's body that vary in any iteration.</summary>
    public ImmutableArray<bool> VariedInputs(Node loop) => Varied((Repeat)loop.Op, Operands(loop)).Inputs;

    /// <summary>The outputs of a loop's body that are needed in any iteration.</summary>
    public ImmutableArray<bool> NeededOutputs(Node loop) => Needed((Repeat)loop.Op, _needed[loop]).Outputs;

    /// <summary>Which inputs and outputs of a body vary, given which operands of the loop do.</summary>
    public static (ImmutableArray<bool> Inputs, ImmutableArray<bool> Outputs) Varied(Repeat loop, ImmutableArray<bool> inputs)
    {
        while (true)
        {
            var inside = new Activity(loop.Body, [], loop.Body.Inputs.Where((_, i) => inputs[i]));
            ImmutableArray<bool> outputs = loop.Body.Outputs.Select(o => inside._varied[o.Node][0]).ToImmutableArray();
            ImmutableArray<bool> next = inputs.Select((v, i) => v || (i < loop.Carried && outputs[i])).ToImmutableArray();
            if (next.SequenceEqual(inputs))
            {
                return (inputs, outputs);
            }

            inputs = next;
        }
    }

    private void Vary(Graph graph, HashSet<Node> wanted)
    {
        foreach (Node node in graph.Inputs.Union(graph.Nodes))
        {
            _varied[node] = node.Op switch
            {
                Repeat repeat => Varied(repeat, Operands(node)).Outputs,
                Item item => ImmutableArray.Create(_varied[node.Inputs[0]][item.Index]),
                _ => ImmutableArray.Create(wanted.Contains(node) || node.Inputs.Where((x, i) => _varied[x][0] && Carries(node, i)).Any()),
            };
            _needed[node] = new bool[node.Types.Length];
        }
    }

    private void Need(Graph graph, IEnumerable<Node> roots)
    {
        foreach (Node root in roots)
        {
            _needed[root][0] = true;
        }

        foreach (Node node in graph.Nodes.Reverse().Where(n => _needed[n].Contains(true)))
        {
            ImmutableArray<bool>? inside = node.Op is Repeat repeat ? Needed(repeat, _needed[node]).Inputs : null;
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                _needed[node.Inputs[i]][node.Op is Item item ? item.Index : 0] |= inside?[i] ?? Carries(node, i);
            }
        }
    }

    private ImmutableArray<bool> Operands(Node loop) => loop.Inputs.Select(x => _varied[x][0]).ToImmutableArray();

    private static bool Carries(Node node, int operand) => node.Op is not IGradientRule rule || rule.Carries(operand);

    private static (ImmutableArray<bool> Inputs, ImmutableArray<bool> Outputs) Needed(Repeat loop, IEnumerable<bool> results)
    {
        ImmutableArray<bool> outputs = results.ToImmutableArray();
        while (true)
        {
            var inside = new Activity(loop.Body, loop.Body.Outputs.Where((_, i) => outputs[i]).Select(o => o.Node), []);
            ImmutableArray<bool> inputs = loop.Body.Inputs.Select(n => inside._needed[n][0]).ToImmutableArray();
            ImmutableArray<bool> next = outputs.Select((v, i) => v || (i < loop.Carried && inputs[i])).ToImmutableArray();
            if (next.SequenceEqual(outputs))
            {
                return (inputs, outputs);
            }

            outputs = next;
        }
    }
}
