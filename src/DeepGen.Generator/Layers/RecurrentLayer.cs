using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>
/// s₀ = 0 or given, sₜ = cell(W xₜ + b, V hₜ₋₁ + d, sₜ₋₁), hₜ the first of the states sₜ: one Repeat over the steps. The products with
/// xₜ depend on no state, so they are one product before it. States go in and come out as [units], or [layers and directions, units]
/// where there are several.
/// </summary>
internal abstract class RecurrentLayer(string kind, int gates, int states, params Argument[] own) : Layer(kind, [
    Argument.Size("Units"), Argument.Size("Layers", 1), Argument.Flag("Bidirectional", false), Argument.Choice("Output", "All", "Last"),
    DropoutLayer.Share("Dropout"), .. own])
{
    private const int MostLayers = 1000;

    private static readonly string[] s_states = ["h", "c"];

    /// <summary>Whether the biases only ever occur as their sum.</summary>
    protected virtual bool MixesBiases => true;

    public override int? Operands => null;

    public override int Results => 1 + states;

    /// <summary>The states after a step.</summary>
    /// <param name="call">For the layer's own arguments.</param>
    /// <param name="x">What the step's input gives to each gate.</param>
    /// <param name="h">What the state before gives to each.</param>
    /// <param name="before">The states before.</param>
    protected abstract Term[] Cell(LayerCall call, Term[] x, Term[] h, Term[] before);

    public override Term? Apply(LayerCall call)
    {
        if (call.Operands.Length != 1 && call.Operands.Length != Results)
        {
            string[] named = [.. s_states.Take(states)];
            return call.Report("DG0016", Kind, $"a sequence, or a sequence and the {(states == 1 ? "state" : "states")} {string.Join(" and ", named)}", $"{ShapeWords.Number(call.Operands.Length)} tensors");
        }

        if (call.X.Sample.Rank != 2)
        {
            return call.WantsRank("a sequence of vectors");
        }

        int units = call.Arguments.Has("Units") ? call.Arguments.Whole("Units") : call.X.Sample[1].Value;
        int directions = call.Arguments.Flag("Bidirectional") ? 2 : 1;
        int layers = call.Arguments.Whole("Layers");
        if (layers > MostLayers)
        {
            return call.ReportAt("Layers", "DG0023", "Layers", ShapeWords.Number(layers), "at most " + ShapeWords.Number(MostLayers));
        }

        var carried = new CarriedStates(call, layers * directions, units);
        if (carried.Wrong() is { } wrong)
        {
            return call.Report("DG0016", Kind, $"states of {ShapeWords.Of(carried.Sample)}", ShapeWords.Of(wrong.Sample));
        }

        Term? y = call.Fits("the gates", call.X.Sample[0].Value, gates, directions, units) ? call.X : null;
        call.FlopsPerValue = 0;
        for (int i = 0; i < layers && y is not null; i++)
        {
            bool isLast = i == layers - 1;
            bool onlyLast = isLast && call.Arguments.Whole("Output") == 1;
            string name = "_l" + ShapeWords.Number(i);
            call.FlopsPerValue += 2L * gates * (y.Sample[1].Value + units) * (call.Arguments.Whole("Output") == 1 ? y.Sample[0].Value : 1);
            Term there = Run(call, carried, y, units, name, isBack: false, onlyLast);
            Term both = directions == 1 ? there : there.Apply(new Concat(there.Shape.Rank - 1), Run(call, carried, y, units, name + "_reverse", isBack: true, onlyLast));
            y = isLast ? both : DropoutLayer.Drop(call, both, call.Arguments.Real("Dropout"));
        }

        if (call.Finding is not null || y is null)
        {
            return null;
        }

        call.Others = carried.Last(states);
        return y;
    }

    /// <summary>[t, B]: 1 for each step a sample has; null if it has all.</summary>
    private static Term? Exists(LayerCall call, Term x) => call.Scope.Steps.Length(x.Shape[1]) is { } length
        ? call.Scope.Steps.Exists(Shape.Of(x.Shape[1], x.Shape[0]), 0, length)
        : null;

    private Term Run(LayerCall call, CarriedStates carried, Term x, int units, string name, bool isBack, bool onlyLast)
    {
        Term weight = Parameter("weight_ih", gates * units, x.Sample[1].Value), recurrent = Parameter("weight_hh", gates * units, units);
        Term bias = Parameter("bias_ih", gates * units), recurrentBias = Parameter("bias_hh", gates * units);
        Term rows = x.Apply(new MatMul(), weight.Transpose(1, 0));
        Term steps = (rows + (MixesBiases ? bias + recurrentBias : bias).Over(rows.Shape, 2)).Transpose(1, 0, 2);
        Shape state = Shape.Of(x.Shape[0], units);

        var graph = new GraphBuilder();
        Term[] before = Enumerable.Range(0, states).Select(i => Input(i, s_states[i], state)).ToArray();
        Term step = Input(states, "x", Shape.Of(steps.Shape.Skip(1)));
        Term? exists = isBack || onlyLast || call.GivesAll ? Exists(call, x) : null;
        Term? goes = exists is null ? null : Input(states + 1, "exists", Shape.Of(x.Shape[0]));
        int given = states + (exists is null ? 1 : 2);
        Term shared = Input(given, "weight", recurrent.Shape.Permute([1, 0]));
        Term product = before[0].Apply(new MatMul(), shared);
        product = MixesBiases ? product : product + Input(given + 1, "bias", recurrentBias.Shape).Over(product.Shape, 1);
        Term[] after = Cell(call, Gates(step), Gates(product), before);

        // A step that a sample does not have leaves its states as they were.
        after = goes is null ? after : [.. after.Select((s, i) => goes.Over(state, 0).Apply(new Select(), s, before[i]))];
        IEnumerable<GraphOutput> outputs = after.Select((s, i) => new GraphOutput(s_states[i], s.Node));
        Graph body = graph.Build(onlyLast ? outputs : outputs.Append(new GraphOutput("y", after[0].Node)));

        Term[] first = carried.Next(states) ?? [.. Enumerable.Repeat(Term.Constant(x.Graph, 0).Over(state), states)];
        Term Turned(Term all) => isBack ? all.Apply(new Reverse(0)) : all;
        Term[] sliced = exists is null ? [Turned(steps)] : [Turned(steps), Turned(exists)];
        Term[] operands = [.. first.Skip(1), .. sliced, recurrent.Transpose(1, 0)];
        operands = MixesBiases ? operands : [.. operands, recurrentBias];
        Term loop = first[0].Apply(new Repeat(body, steps.Shape[0], states, sliced.Length, Collected: onlyLast ? 0 : 1), operands);
        Term[] last = [.. Enumerable.Range(0, states).Select(i => loop.Apply(new Item(i)))];
        carried.Add(last);
        if (onlyLast)
        {
            return last[0];
        }

        Term all = loop.Apply(new Item(states));
        return Turned(all).Transpose(1, 0, 2);

        Term Parameter(string kind, params int[] shape) =>
            call.Parameter(kind + name, Initializer.Uniform, 1 / Math.Sqrt(units), true, shape);

        Term Input(int index, string inputName, Shape shape) =>
            new(graph, graph.Add(new Input(index, inputName, TensorType.Float(shape))));

        Term[] Gates(Term all) => Enumerable.Range(0, gates).Select(k => gates == 1 ? all : all.Apply(new Slice(1, k * units, units, 1))).ToArray();
    }
}
