using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>What stands for an input of a loop's body in its simplified form.</summary>
internal abstract record LoopInput;

/// <summary>Still an input, at its new position.</summary>
internal sealed record Kept(Input Input) : LoopInput;

/// <summary>The same number at every element in every iteration.</summary>
internal sealed record Number(float Value) : LoopInput;

/// <summary>What stands for a result: an item of the new loop, a value from before it, or neither when nobody asks.</summary>
internal readonly record struct LoopResult(int? Item, Node? Invariant);

/// <summary>
/// What a Repeat must still carry: the values a live result depends on over any number of iterations. A carried value that
/// the body hands on unchanged is a shared one, equal operands are one operand, a uniform operand is a number;
/// and what is collected twice is collected once.
/// </summary>
internal sealed class LoopPlan
{
    private readonly Repeat _repeat;
    private readonly ImmutableArray<Node> _operands;
    private readonly LoopInput?[] _inputs;
    private readonly List<Node> _kept = [];
    private readonly int _carried;
    private readonly int _sliced;

    public LoopPlan(Repeat repeat, ImmutableArray<Node> operands, IEnumerable<int> needed)
    {
        _repeat = repeat;
        _operands = operands;
        _inputs = new LoopInput?[operands.Length];
        ImmutableArray<int> live = Live(needed.Select(First));
        Body = Trimmed(live);

        var used = new HashSet<Node>(Body.Nodes);
        int[] positions = Enumerable.Range(0, operands.Length).Where(j => used.Contains(repeat.Body.Inputs[j])).ToArray();
        Keep(live.Where(k => k < repeat.Carried), mayMerge: false);
        _carried = _kept.Count;
        Keep(positions.Where(j => j >= repeat.Carried && j < repeat.Carried + repeat.Sliced), mayMerge: true);
        _sliced = _kept.Count - _carried;
        Keep(positions.Where(j => j >= repeat.Carried + repeat.Sliced || IsInvariant(j)), mayMerge: true);

        Results = Enumerable.Range(0, repeat.Carried + repeat.Collected)
            .Select(k => live.Contains(First(k)) ? new LoopResult(live.IndexOf(First(k)), null) : new LoopResult(null, IsInvariant(k) ? operands[k] : null))
            .ToImmutableArray();
    }

    /// <summary>The body as it was, with the live results only.</summary>
    public Graph Body { get; }

    /// <summary>By position in the old body; null for an input nothing needs.</summary>
    public IReadOnlyList<LoopInput?> Inputs => _inputs;

    public ImmutableArray<Node> Operands => _kept.ToImmutableArray();

    public ImmutableArray<LoopResult> Results { get; }

    public bool Shrinks => _kept.Count < _operands.Length || Body.Outputs.Length < _repeat.Body.Outputs.Length;

    public Repeat Loop(Graph body) =>
        _repeat with { Body = body, Carried = _carried, Sliced = _sliced, Collected = body.Outputs.Length - _carried };

    private bool IsInvariant(int k) => k < _repeat.Carried && _repeat.Body.Outputs[k].Node == _repeat.Body.Inputs[k];

    /// <summary>Of the results that collect one value the first.</summary>
    private int First(int k) => k < _repeat.Carried
        ? k
        : Enumerable.Range(_repeat.Carried, k + 1 - _repeat.Carried).First(i => _repeat.Body.Outputs[i].Node == _repeat.Body.Outputs[k].Node);

    private ImmutableArray<int> Live(IEnumerable<int> needed)
    {
        var live = new SortedSet<int>(needed.Where(k => !IsInvariant(k)));
        int before;
        do
        {
            before = live.Count;
            var nodes = new HashSet<Node>(Trimmed(live).Nodes);
            live.UnionWith(Enumerable.Range(0, _repeat.Carried).Where(k => !IsInvariant(k) && nodes.Contains(_repeat.Body.Inputs[k])));
        }
        while (live.Count > before);

        return live.ToImmutableArray();
    }

    private Graph Trimmed(IEnumerable<int> live) =>
        new(_repeat.Body.Inputs, live.Select(k => _repeat.Body.Outputs[k]).ToImmutableArray());

    private void Keep(IEnumerable<int> positions, bool mayMerge)
    {
        var known = new Dictionary<Node, Input>();
        foreach (int j in positions)
        {
            if (mayMerge && Uniform.Of(_operands[j]) is { } number)
            {
                _inputs[j] = new Number(number);
                continue;
            }

            if (!mayMerge || !known.TryGetValue(_operands[j], out Input input))
            {
                input = (Input)_repeat.Body.Inputs[j].Op with { Index = _kept.Count };
                known[_operands[j]] = input;
                _kept.Add(_operands[j]);
            }

            _inputs[j] = new Kept(input);
        }
    }
}
