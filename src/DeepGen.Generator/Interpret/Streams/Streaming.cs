using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Interpret.Streams;

/// <summary>
/// The reading that goes element by element through a sequence: what a network over T of them gives for the last one, from that one and
/// what is kept of those before it. After so many steps the outputs are, to the last bit, those of the whole sequence so far.
/// </summary>
internal static class Streaming
{
    public const string CarriedName = "carried";
    public const string RememberedName = "remembered";

    /// <summary>The size that is time: the one size of the inputs that is known at run time only; null if there is none, or several.</summary>
    public static Size? Time(Graph graph)
    {
        Size[] open = graph.Inputs.SelectMany(i => i.Shape).Where(s => s.IsOpen).Distinct().ToArray();
        return open.Length == 1 ? open[0] : null;
    }

    /// <summary>Whether an input of a step is what is kept from the one before.</summary>
    public static bool IsKept(Node input) => input.Op is Input { InputName: CarriedName or RememberedName };

    /// <summary>The first node that cannot be told for one moment; null if all can.</summary>
    public static Node? Missing(Graph graph)
    {
        try
        {
            Run(graph);
            return null;
        }
        catch (NoStreamException e)
        {
            return e.Node;
        }
    }

    /// <summary>Whether a node that cannot be told has to do with time, so that it must be a look into the future.</summary>
    public static bool LooksAhead(Graph graph, Node node) =>
        Time(graph) is { } time && node.Inputs.Append(node).Any(n => n.Types.Any(t => t.Shape.Any(s => s.Symbol == time.Symbol)));

    /// <summary>
    /// Inputs are the network's, of one element each, then what is carried and what is remembered, a vector for each sample;
    /// outputs the network's, then what is carried from now on.
    /// </summary>
    public static StreamedGraph Run(Graph graph)
    {
        Size time = Time(graph) ?? throw new IrException("There is no one size that could be time.");
        var scope = new NetworkScope(graph, time);
        var sweep = new StreamSweep(time, scope.Builder, scope);
        foreach (Node input in graph.Inputs)
        {
            scope.Input(input, new string(StreamSweep.Now, sweep.Axes(input.Shape).Length));
        }

        List<GraphOutput> outputs = graph.Outputs.Select(o => o with { Node = Squeezed(sweep, o.Node) }).ToList();
        return Packing.Run(scope.Builder.Build(outputs), scope.States, graph.Inputs.Length, time);
    }

    /// <summary>The value now, without its axis of time.</summary>
    public static Node Squeezed(StreamSweep sweep, Node node)
    {
        Node now = sweep.Of(node);
        int[] axes = sweep.Axes(node.Shape);
        return axes.Length == 0 ? now : sweep.Builder.Add(new Reshape(now.Shape.Without(axes)), now);
    }

    /// <summary>The network's inputs come without their axis of time.</summary>
    private sealed class NetworkScope(Graph graph, Size time) : IStreamScope
    {
        private readonly List<StreamState> _states = [];

        public GraphBuilder Builder { get; } = new();

        public IReadOnlyList<StreamState> States => _states;

        public Node? Input(Node input, string roles)
        {
            if (roles.Contains(StreamSweep.SoFar))
            {
                return null;
            }

            int[] axes = Enumerable.Range(0, input.Shape.Rank).Where(a => input.Shape[a] == time).ToArray();
            Node given = Builder.Add(((Input)input.Op) with { InputType = input.Type with { Shape = input.Shape.Without(axes) } });
            given.Label ??= input.Label;
            Shape now = axes.Aggregate(input.Shape, (s, a) => s.With(a, 1));
            return axes.Length == 0 ? given : Builder.Add(new Reshape(now), given);
        }

        public bool IsTimeless(Node input) => !input.Shape.Contains(time);

        public float? Later(Node input, int first, int second) => null;

        public Node Keep(TensorType type, float initial, string source)
        {
            var state = new StreamState(Builder.Add(new Input(graph.Inputs.Length + _states.Count, FormattableString.Invariant($"state{_states.Count}"), type)), null, initial, source);
            _states.Add(state);
            return state.Before;
        }

        public void Update(Node kept, Node after)
        {
            int index = _states.FindIndex(s => s.Before == kept);
            _states[index] = _states[index] with { After = after };
        }
    }
}

/// <summary>A step of a stream, and how long a vector of what is kept is for each sample.</summary>
/// <param name="Graph">See <see cref="Streaming.Run"/>.</param>
/// <param name="Carried">The length of what is carried; 0 if nothing is.</param>
/// <param name="Remembered">The length of what is remembered where it lies; 0 if nothing is.</param>
/// <param name="Initial">What is carried at the beginning: runs of one number.</param>
/// <param name="Time">The size that counts the steps.</param>
/// <param name="Sources">What is remembered, in its order, by where it comes from; see <see cref="StreamState"/>.</param>
internal sealed record StreamedGraph(Graph Graph, long Carried, long Remembered, ImmutableArray<(float Value, long Length)> Initial, Size Time, ImmutableArray<string> Sources)
{
    /// <summary>Whether a step depends on how many went before it, of which there is then a largest number.</summary>
    public bool CountsSteps => Uses(Graph);

    private bool Uses(Graph graph) => graph.Nodes.Any(n => n.Op is Extent or RowAt or Remember or Positions || n.Types.Any(t => t.Shape.IsOpen)
        || (n.Op is Repeat repeat && Uses(repeat.Body)));
}
