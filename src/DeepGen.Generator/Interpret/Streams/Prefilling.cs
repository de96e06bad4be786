using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret.Streams;

/// <summary>
/// The reading that takes the first elements of a stream all at once: what a network gives for the last of them, and what is kept of all.
/// Outputs and what is kept are, to the last bit, what as many steps give.
/// </summary>
internal static class Prefilling
{
    /// <summary>
    /// Inputs are those of the whole sequence, then what is remembered, where a step has it; outputs those of a step. Null where
    /// something is carried from step to step, or nothing is kept at all.
    /// </summary>
    public static Graph? Run(Graph graph)
    {
        StreamedGraph stream = Streaming.Run(graph);
        if (stream.Carried > 0 || stream.Remembered == 0)
        {
            return null;
        }

        Size time = stream.Time;
        var builder = new GraphBuilder();
        var states = new Dictionary<string, StreamState>();
        var whole = new WholeSequence(builder, "", time, stream.Sources.ToImmutableHashSet(), Keep);
        var sweep = new StreamSweep(time, builder, new PromptScope(graph, time)) { Whole = whole };
        foreach (Node input in graph.Inputs)
        {
            whole.Of(input);
        }

        List<GraphOutput> outputs = graph.Outputs.Select(o => o with { Node = Streaming.Squeezed(sweep, o.Node) }).ToList();
        StreamedGraph packed = Packing.Run(builder.Build(outputs), stream.Sources.Select(s => states[s]).ToList(), graph.Inputs.Length, time);
        return packed.Remembered == stream.Remembered ? packed.Graph : throw new IrException("A prompt's memory is not that of a step.");

        Node Keep(TensorType type, string source)
        {
            var state = new StreamState(builder.Add(new Input(graph.Inputs.Length + states.Count, source, type)), null, 0, source);
            states.Add(source, state);
            return state.Before;
        }
    }

    /// <summary>All elements have come: nothing is asked of the inputs one by one, and nothing more is kept.</summary>
    private sealed class PromptScope(Graph graph, Size time) : IStreamScope
    {
        public Node? Input(Node input, string roles) => null;

        public bool IsTimeless(Node input) => graph.Inputs.Contains(input) && !input.Shape.Contains(time);

        public float? Later(Node input, int first, int second) => null;

        public Node Keep(TensorType type, float initial, string source) => throw new IrException("A prompt keeps what a step keeps.");

        public void Update(Node kept, Node after) => throw new IrException("A prompt carries nothing.");
    }
}
