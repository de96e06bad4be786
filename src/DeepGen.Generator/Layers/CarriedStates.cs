using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>
/// The states with which the loops of a recurrent layer begin and end. All loops' states of one kind are one tensor: [units] of a
/// single loop, [loops, units] of several, layer by layer and the way there before the way back, as PyTorch has them.
/// </summary>
internal sealed class CarriedStates(LayerCall call, int loops, int units)
{
    private readonly List<Term[]> _last = [];

    /// <summary>The shape of the states of one kind.</summary>
    public Shape Sample { get; } = loops == 1 ? Shape.Of(units) : Shape.Of(loops, units);

    /// <summary>What is given as states and has another shape; null if nothing has.</summary>
    public Term? Wrong() => call.Operands.Skip(1).FirstOrDefault(o => !o.Sample.Equals(Sample));

    /// <summary>Those the next loop begins with; null if none are given.</summary>
    public Term[]? Next(int states) => call.Operands.Length == 1 ? null : [.. call.Operands.Skip(1).Take(states).Select(Own)];

    /// <summary>Those the loop has ended with.</summary>
    public void Add(Term[] states) => _last.Add(states);

    /// <summary>Those all loops have ended with, a tensor for each kind.</summary>
    public ImmutableArray<Term> Last(int states) => Enumerable.Range(0, states).Select(k => Joined(_last.Select(s => s[k]).ToArray())).ToImmutableArray();

    private Term Own(Term given) => loops == 1 ? given : given.Slice(1, _last.Count, 1).Reshape(given.Shape.Without([1]));

    private static Term Joined(Term[] own)
    {
        Term[] rows = own.Length == 1 ? own : [.. own.Select(s => s.Reshape(Shape.Of(s.Shape[0], 1, s.Shape[1])))];
        return rows.Length == 1 ? rows[0] : rows[0].Apply(new Concat(1), rows.Skip(1).ToArray());
    }
}
