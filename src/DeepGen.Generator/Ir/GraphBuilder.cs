using System.Collections.Immutable;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Ir;

/// <summary>Makes nodes; the same operation on the same operands is made once (hash-consing).</summary>
internal sealed class GraphBuilder
{
    private readonly Dictionary<Key, Node> _nodes = [];
    private readonly SortedDictionary<int, Node> _inputs = [];

    public Node Add(Primitive op, params Node[] inputs) => Add(op, inputs.ToImmutableArray());

    public Node Add(Primitive op, ImmutableArray<Node> inputs)
    {
        var key = new Key(op, inputs);
        if (!_nodes.TryGetValue(key, out Node node))
        {
            node = new Node(_nodes.Count, op, inputs, op.Infer(inputs.SelectMany(i => i.Types).ToImmutableArray()));
            _nodes.Add(key, node);
            if (op is Input input)
            {
                _inputs.Add(input.Index, node);
            }
        }

        return node;
    }

    public Graph Build(IEnumerable<GraphOutput> outputs) => new(_inputs.Values.ToImmutableArray(), outputs.ToImmutableArray());

    private readonly struct Key(Primitive op, ImmutableArray<Node> inputs) : IEquatable<Key>
    {
        private readonly Primitive _op = op;
        private readonly ImmutableArray<Node> _inputs = inputs;

        public bool Equals(Key other) => _op.Equals(other._op) && _inputs.SequenceEqual(other._inputs);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => _inputs.Aggregate(_op.GetHashCode(), (h, n) => unchecked((h * 31) + n.Id));
    }
}
