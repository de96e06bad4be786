using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Interpret.Streams;

/// <summary>Whatever a stream keeps, in two vectors for each sample: what is carried has a new value after each step, the rest stays where it is.</summary>
internal static class Packing
{
    public static StreamedGraph Run(Graph step, IReadOnlyList<StreamState> states, int inputs, Size time)
    {
        var builder = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        var read = new HashSet<Node>(step.Nodes);
        List<StreamState> carried = states.Where(s => s.After is not null).ToList();
        List<StreamState> remembered = states.Where(s => s.After is null && read.Contains(s.Before)).ToList();
        foreach (Node input in step.Inputs.Take(inputs))
        {
            Copy(input);
        }

        long carriedLength = Unpack(carried, inputs, Streaming.CarriedName);
        long rememberedLength = Unpack(remembered, inputs + (carried.Count > 0 ? 1 : 0), Streaming.RememberedName);
        foreach (Node node in step.Nodes.Concat(carried.SelectMany(s => new Graph(ImmutableArray<Node>.Empty, ImmutableArray.Create(new GraphOutput("", s.After!))).Nodes)).Distinct().OrderBy(n => n.Id))
        {
            Copy(node);
        }

        List<GraphOutput> outputs = step.Outputs.Select(o => o with { Node = copies[o.Node] }).ToList();
        if (carried.Count > 0)
        {
            Node[] parts = carried.Select(s => Flat(copies[s.After!])).ToArray();
            outputs.Add(new GraphOutput(Streaming.CarriedName, parts.Length == 1 ? parts[0] : builder.Add(new Concat(1), parts)));
        }

        var initial = carried.Select(s => (s.Initial, s.Before.Shape.ConstantLength)).ToImmutableArray();
        return new StreamedGraph(builder.Build(outputs), carriedLength, rememberedLength, initial, time, remembered.Select(s => s.Source).ToImmutableArray());

        void Copy(Node node)
        {
            if (!copies.ContainsKey(node))
            {
                Node copy = builder.Add(node.Op, node.Inputs.Select(i => copies[i]).ToArray());
                copy.Label ??= node.Label;
                copies.Add(node, copy);
            }
        }

        long Unpack(List<StreamState> kept, int index, string name)
        {
            long length = kept.Sum(s => s.Before.Shape.ConstantLength);
            if (length == 0)
            {
                return 0;
            }

            Node all = builder.Add(new Input(index, name, TensorType.Float(Size.Batch, checked((int)length))));
            int start = 0;
            foreach (Node state in kept.Select(s => s.Before))
            {
                Shape shape = state.Shape;
                int batch = shape.Sizes.IndexOf(Size.Batch);
                int own = checked((int)shape.ConstantLength);
                Node part = own == length ? all : builder.Add(new Slice(1, start, own, 1), all);
                Node shaped = builder.Add(new Reshape(Shape.Of(shape.Sizes.RemoveAt(batch).Insert(0, Size.Batch))), part);
                copies.Add(state, batch == 0 ? shaped : builder.Add(new Transpose(BatchTo(batch, shape.Rank)), shaped));
                start += own;
            }

            return length;
        }

        // [.., B, ..] → [B, all].
        Node Flat(Node value)
        {
            int batch = value.Shape.Sizes.IndexOf(Size.Batch);
            IEnumerable<int> first = Enumerable.Range(0, value.Shape.Rank).Where(a => a != batch).Prepend(batch);
            Node leading = batch == 0 ? value : builder.Add(new Transpose(first.ToEquatable()), value);
            return builder.Add(new Reshape(Shape.Of(Size.Batch, (int)value.Shape.ConstantLength)), leading);
        }
    }

    /// <summary>The permutation that takes a leading batch to an axis.</summary>
    private static EquatableArray<int> BatchTo(int batch, int rank) =>
        Enumerable.Range(0, rank).Select(a => a == batch ? 0 : a < batch ? a + 1 : a).ToEquatable();
}
