using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>
/// for i in 0..Count: (carried…, collected[i]…) = Body(carried…, sliced[i]…, shared…). Operands are the first carried
/// values, the sliced values with a leading axis of Count, the shared values; results are the last carried values, then
/// the collected ones with a leading axis of Count. The body is closed: it reads its inputs and nothing else.
/// </summary>
/// <param name="Body">What is done in each iteration.</param>
/// <param name="Count">The number of iterations.</param>
/// <param name="Carried">How many operands, and results, are carried.</param>
/// <param name="Sliced">How many operands are sliced.</param>
/// <param name="Collected">How many results are collected.</param>
/// <param name="Checkpoint">
/// Whether a derivative computes an iteration over again from what it carries instead of keeping what is expensive in it.
/// </param>
internal sealed record Repeat(Graph Body, Size Count, int Carried, int Sliced, int Collected, bool Checkpoint = false)
    : Primitive, IIntervalRule
{
    public override string Name => "repeat";

    public override string Attributes =>
        FormattableString.Invariant($"count={Count} carried={Carried} sliced={Sliced} collected={Collected}{(Checkpoint ? " checkpoint" : "")}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Require(!Count.IsBatch && Count.Value >= 1 && Carried + Collected >= 1, this, "computes nothing");
        Typing.Require(inputs.Length >= Carried + Sliced, this, "lacks operands");
        Typing.Arity(this, inputs, Body.Inputs.Length);
        Typing.Require(Body.Outputs.Length == Carried + Collected, this, "has a body with another number of outputs");
        Typing.Require(Body.Nodes.All(n => n.Op is not Parameter), this, "has a body that reads a parameter by itself");
        for (int i = 0; i < inputs.Length; i++)
        {
            TensorType inner = Body.Inputs[i].Type;
            bool isSliced = i >= Carried && i < Carried + Sliced;
            TensorType outer = isSliced ? Stacked(inner) : inner;
            Typing.Require(inputs[i].Equals(outer), this, FormattableString.Invariant($"wants operand {i} to be {outer}, not {inputs[i]}"));
        }

        for (int i = 0; i < Carried; i++)
        {
            TensorType next = Body.Outputs[i].Node.Type;
            Typing.Require(next.Equals(inputs[i]), this, FormattableString.Invariant($"carries {inputs[i]} but its body returns {next}"));
        }

        return Body.Outputs.Select((o, i) => i < Carried ? o.Node.Type : Stacked(o.Node.Type)).ToImmutableArray();
    }

    public override Primitive Bind(IReadOnlyDictionary<string, int> sizes) => this with { Body = Body.Bind(sizes), Count = Count.Bind(sizes) };

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs) =>
        Evaluate(inputs, path => throw new IrException($"There is no {path} here."));

    /// <param name="inputs">What is carried, sliced and shared.</param>
    /// <param name="graphs">The matrices of the caller's graph by their keys.</param>
    public ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs, Func<string, DenseTensor> graphs)
    {
        var values = inputs;
        var collected = Enumerable.Range(0, Collected).Select(_ => new List<double>()).ToArray();
        for (int i = 0; i < Count.Value; i++)
        {
            var arguments = values;
            for (int s = Carried; s < Carried + Sliced; s++)
            {
                arguments = arguments.SetItem(s, Row(inputs[s], i));
            }

            DenseTensor[] results = ReferenceEvaluator.Evaluate(Body, arguments, graphs);
            values = values.RemoveRange(0, Carried).InsertRange(0, results.Take(Carried));
            for (int k = 0; k < Collected; k++)
            {
                collected[k].AddRange(results[Carried + k].Values);
            }
        }

        var stacks = collected.Select((c, k) =>
            new DenseTensor(Body.Outputs[Carried + k].Node.Shape.Select(s => s.Value).ToImmutableArray().Insert(0, Count.Value), c.ToArray()));
        return values.Take(Carried).Concat(stacks).ToImmutableArray();
    }

    private TensorType Stacked(TensorType inner) => inner with { Shape = Shape.Of(inner.Shape.Prepend(Count)) };

    private static DenseTensor Row(DenseTensor x, int index)
    {
        var shape = x.Shape.RemoveAt(0);
        double[] values = new double[Indexing.Length(shape)];
        Array.Copy(x.Values, index * values.Length, values, 0, values.Length);
        return new DenseTensor(shape, values);
    }

    /// <summary>
    /// By induction over the iterations: a Repeat that carries lower and upper values. A carried value stays a point only
    /// if the body returns a point for it, assuming so; each round of the search drops at least one, so it ends.
    /// </summary>
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        var kinds = x.Select(v => v.IsPoint).ToArray();
        while (true)
        {
            (Graph body, ImmutableArray<Bounds> results) = Interval.OfBody(Body, kinds, Carried, b.Rounding);
            var spread = Enumerable.Range(0, Carried).Where(i => kinds[i] && !results[i].IsPoint).ToArray();
            foreach (int i in spread)
            {
                kinds[i] = false;
            }

            if (spread.Length == 0)
            {
                return Assemble(body, results, kinds, x, b);
            }
        }
    }

    private ImmutableArray<Bounds> Assemble(
        Graph body,
        ImmutableArray<Bounds> results,
        bool[] kinds,
        ImmutableArray<Bounds> x,
        BoundBuilder b)
    {
        int carried = Enumerable.Range(0, Carried).Sum(i => kinds[i] ? 1 : 2);
        int sliced = Enumerable.Range(Carried, Sliced).Sum(i => kinds[i] ? 1 : 2);
        var operands = x.SelectMany((v, i) => kinds[i] ? new[] { v.Lower } : new[] { v.Lower, v.Upper }).ToArray();
        Node loop = b.Add(this with { Body = body, Carried = carried, Sliced = sliced, Collected = body.Outputs.Length - carried }, operands);
        int next = 0;
        var items = ImmutableArray.CreateBuilder<Bounds>();
        for (int i = 0; i < results.Length; i++)
        {
            bool isPoint = i < Carried ? kinds[i] : results[i].IsPoint;
            Node lower = b.Add(new Item(next++), loop);
            items.Add(new Bounds(lower, isPoint ? lower : b.Add(new Item(next++), loop)));
        }

        return items.ToImmutable();
    }
}
