using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// A loop read backwards is a loop: from the last iteration to the first it carries the cotangents of what the loop carries and
/// the sums of those of shared operands, takes slices of the cotangents of collected results, and collects those of sliced
/// operands. What it needs of the forward iteration, that loop collects for it. A sum over samples and iterations is taken after
/// the loop, of factors that the loop collects: one sum of many rows instead of many sums.
/// </summary>
internal sealed class LoopBackward
{
    private readonly Repeat _repeat;
    private readonly GraphBuilder _graph = new();
    private readonly ReverseSweep _sweep;
    private readonly Graph? _body;

    // Positions among the operands, or among the results, of the forward loop.
    private readonly int[] _carried;
    private readonly int[] _summed;
    private readonly int[] _collected;
    private readonly int[] _rows;
    private readonly int[] _slices;
    private readonly int[] _shared;
    private readonly HashSet<Node> _finished = [];
    private readonly Dictionary<int, ImmutableArray<LoopSum>> _sums = [];
    private readonly Node[] _stored;
    private readonly Node[] _factors;

    /// <param name="repeat">The loop.</param>
    /// <param name="varied">The inputs of its body that vary with something wanted, in any iteration.</param>
    /// <param name="needed">The outputs of its body that a root needs.</param>
    public LoopBackward(Repeat repeat, ImmutableArray<bool> varied, ImmutableArray<bool> needed)
    {
        _repeat = repeat;
        ImmutableArray<Node> inputs = repeat.Body.Inputs;
        ImmutableArray<Node> outputs = repeat.Body.Outputs.Select(o => o.Node).ToImmutableArray();
        _sweep = new ReverseSweep(
            repeat.Body,
            _graph,
            outputs.Where((_, i) => needed[i]),
            inputs.Where((_, i) => varied[i]));

        _carried = Range(0, repeat.Carried).Where(i => varied[i] && needed[i]).ToArray();
        _rows = Range(repeat.Carried, repeat.Collected).Where(i => needed[i] && _sweep.Includes(outputs[i])).ToArray();
        Node[] given = _carried.Concat(_rows).Select((i, k) => Placeholder(k, "d " + repeat.Body.Outputs[i].Name, outputs[i])).ToArray();
        foreach ((int output, Node dy) in _carried.Concat(_rows).Zip(given, (i, dy) => (i, dy)))
        {
            _sweep.Start(outputs[output], dy);
        }

        _sweep.Run();
        bool HasCotangent(int i) => varied[i] && _sweep.Of(inputs[i]) is not null;
        _collected = Range(repeat.Carried, repeat.Sliced).Where(HasCotangent).ToArray();
        _summed = Range(repeat.Carried + repeat.Sliced, inputs.Length - repeat.Carried - repeat.Sliced).Where(HasCotangent).ToArray();
        foreach (int i in _summed)
        {
            if (LoopSum.Of(_sweep.Of(inputs[i])!) is { } terms)
            {
                _sums.Add(i, terms);
            }
        }

        _summed = _summed.Except(_sums.Keys).ToArray();
        Node[] factors = _sums.Values.SelectMany(t => t).SelectMany(t => t.Factors).Distinct().ToArray();
        Node[] sums = _summed.Select((i, k) => Placeholder(given.Length + k, "sum " + ((Input)inputs[i].Op).InputName, inputs[i])).ToArray();

        var gradient = new GradientBuilder(_graph);
        GraphOutput Named(int i, Node dx) => new("d " + ((Input)inputs[i].Op).InputName, dx);
        GraphOutput[] own =
        [
            .. _carried.Select(i => Named(i, _sweep.Of(inputs[i]) ?? gradient.Zero(inputs[i]))),
            .. _summed.Select((i, k) => Named(i, gradient.Plus(sums[k], _sweep.Of(inputs[i])!))),
            .. _collected.Select(i => Named(i, _sweep.Of(inputs[i])!)),
        ];
        _finished = Finished([.. own.Select(o => o.Node), .. factors]);
        GraphOutput[] results =
        [
            .. own,
            .. factors.Where(n => !HasStack(n)).Select((n, k) => new GraphOutput(FormattableString.Invariant($"factor {k}"), n)),
        ];

        Node[] used = BodyCut.Reach(results.Select(r => r.Node).Concat(factors), IsGiven).Where(n => IsGiven(n) && !given.Contains(n) && !sums.Contains(n)).ToArray();
        int Index(Node n) => n.Op is Input input ? input.Index : -1;
        Node[] stored = used.Where(n => Index(n) < repeat.Carried).ToArray();
        Node[] slices = used.Where(n => Index(n) >= repeat.Carried && Index(n) < repeat.Carried + repeat.Sliced).ToArray();
        Node[] shared = used.Where(n => Index(n) >= repeat.Carried + repeat.Sliced).ToArray();
        _stored = stored;
        _factors = factors.Where(n => !HasStack(n)).ToArray();
        _slices = slices.Select(Index).ToArray();
        _shared = shared.Select(Index).ToArray();
        Forward = Collecting(stored);
        if (results.Length > 0)
        {
            Node[] dy = given.Take(_carried.Length).ToArray(), rows = given.Skip(_carried.Length).ToArray();
            _body = BodyCut.Of([.. dy, .. sums, .. rows, .. stored, .. slices, .. shared], results);
        }

        // Whether all iterations' values lie side by side without the backward loop.
        bool HasStack(Node n) => IsGiven(n) && (n.Op is not Input input || input.Index < repeat.Carried + repeat.Sliced);
    }

    /// <summary>The loop as it was, with what its backward reading needs among its collected results, after the others.</summary>
    public Repeat Forward { get; }

    /// <summary>The cotangents of the loop's operands.</summary>
    public ImmutableArray<Node?> Pull(Node loop, Node?[] dy, GradientBuilder g)
    {
        var dx = new Node?[loop.Inputs.Length];
        if (_body is null)
        {
            return dx.ToImmutableArray();
        }

        Node Given(int result) => dy[result] ?? g.Filled(0, loop.Types[result].Shape);
        Node Result(int index) => g.Add(new Item(index), loop);
        int first = _repeat.Carried + _repeat.Collected;
        Node[] operands =
        [
            .. _carried.Select(Given),
            .. _summed.Select(i => g.Zero(loop.Inputs[i])),
            .. _rows.Select(i => g.Reverse(Given(i), 0)),
            .. Range(first, Forward.Collected - _repeat.Collected).Select(i => g.Reverse(Result(i), 0)),
            .. _slices.Select(i => g.Reverse(loop.Inputs[i], 0)),
            .. _shared.Select(i => loop.Inputs[i]),
        ];
        int carried = _carried.Length + _summed.Length;
        int sliced = operands.Length - carried - _shared.Length;
        int collected = _collected.Length + _factors.Length;
        Node backward = g.Add(new Repeat(_body, _repeat.Count, carried, sliced, collected, _repeat.Checkpoint), operands);
        backward.Label ??= loop.Label is null ? null : loop.Label + "'";
        int next = 0;
        foreach (int i in _carried.Concat(_summed))
        {
            dx[i] = g.Add(new Item(next++), backward);
        }

        foreach (int i in _collected)
        {
            dx[i] = g.Reverse(g.Add(new Item(next++), backward), 0);
        }

        foreach (KeyValuePair<int, ImmutableArray<LoopSum>> sum in _sums)
        {
            dx[sum.Key] = sum.Value.Select(t => t.Total(Stack, g)).Aggregate(g.Plus);
        }

        // The values of all iterations, the first first.
        Node Stack(Node factor)
        {
            int stored = Array.IndexOf(_stored, factor);
            int place = Array.IndexOf(_factors, factor);
            return stored >= 0 ? Result(first + stored)
                : place >= 0 ? g.Reverse(g.Add(new Item(carried + _collected.Length + place), backward), 0)
                : loop.Inputs[((Input)factor.Op).Index];
        }

        return dx.ToImmutableArray();
    }

    /// <summary>
    /// Where computing over again stops: at what the loop is given, and unless it is to save memory at whatever is expensive to
    /// compute. The rest, elementwise operations and moves, costs less to do twice than to keep; but for functions whose derivative
    /// is said in their value, which is kept instead of what it is the value of.
    /// </summary>
    private bool IsGiven(Node node) => node.Op is Input || _finished.Contains(node) || (!_repeat.Checkpoint && node.Op switch
    {
        // What a loop inside collects for its own way back counts as well.
        Item => _sweep.IsCopy(node.Inputs[0]),
        Sigmoid or Tanh or Exp => _sweep.IsCopy(node),
        Elementwise or Linear or Constant or Positions or Noise or Extent or Adjacency or SparseDropout or Repeat => false,
        _ => _sweep.IsCopy(node),
    });

    /// <summary>
    /// What is made of an expensive value and of nothing else: then that is kept, which the forward iteration computes in one go
    /// with it, and does not have to be computed again.
    /// </summary>
    private HashSet<Node> Finished(IReadOnlyList<Node> results)
    {
        var finished = new HashSet<Node>();
        Node[] expensive = BodyCut.Reach(results, IsGiven).Where(n => n.Op is not Input && _sweep.IsCopy(n) && IsGiven(n)).ToArray();
        IEnumerable<Node> all = BodyCut.Reach(results.Concat(_repeat.Body.Outputs.Select(o => _sweep[o.Node])), _ => false);
        ILookup<Node, Node> users = all.SelectMany(n => n.Inputs.Distinct().Select(i => (Operand: i, User: n))).ToLookup(p => p.Operand, p => p.User);
        var outputs = new HashSet<Node>(_repeat.Body.Outputs.Select(o => _sweep[o.Node]));
        foreach (Node node in expensive)
        {
            Node last = node;
            while (!outputs.Contains(last) && users[last].Count() == 1 && users[last].Single() is { Op: Elementwise } user
                && _sweep.IsCopy(user) && user.Type == last.Type)
            {
                last = user;
            }

            if (last != node)
            {
                finished.Add(last);
            }
        }

        // A function costs more than reading its value, and takes the place of what nothing else is made of.
        HashSet<Node> kept = [.. finished];
        bool Stops(Node n) => n.Op is Input || kept.Contains(n) || IsGiven(n);
        foreach (Node node in BodyCut.Reach(results, Stops).Where(n => n.Op is Exp && _sweep.IsCopy(n) && !Stops(n)).ToArray())
        {
            var spared = new HashSet<Node>(BodyCut.Reach(results, Stops).Where(n => n.Op is not Input && Stops(n)));
            spared.ExceptWith(BodyCut.Reach(results, n => n == node || Stops(n)));
            if (spared.Sum(n => n.Shape.ConstantLength) >= node.Shape.ConstantLength)
            {
                kept.Add(node);
            }
        }

        return kept;
    }

    private Repeat Collecting(Node[] stored)
    {
        GraphOutput[] outputs =
        [
            .. _repeat.Body.Outputs.Select(o => o with { Node = _sweep[o.Node] }),
            .. stored.Select((n, k) => new GraphOutput(FormattableString.Invariant($"stored {_repeat.Body.Outputs.Length + k}"), n)),
        ];
        Graph body = BodyCut.Of(_repeat.Body.Inputs.Select(n => _sweep[n]).ToArray(), outputs);
        return _repeat with { Body = body, Collected = _repeat.Collected + stored.Length };
    }

    /// <summary>An input that the forward body does not have.</summary>
    private Node Placeholder(int k, string name, Node like) =>
        _graph.Add(new Input(_repeat.Body.Inputs.Length + k, name, like.Type));

    private static IEnumerable<int> Range(int start, int count) => Enumerable.Range(start, count);
}
