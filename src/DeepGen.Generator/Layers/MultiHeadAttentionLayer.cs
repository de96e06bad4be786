using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>
/// Attention of a sequence to itself, or to a second operand, between projections: x·W_qᵀ, …, attention, ·W_oᵀ. The last operand
/// says which keys there are, if the declaration says so.
/// </summary>
internal sealed class MultiHeadAttentionLayer() : Layer(
    "MultiHeadAttention",
    Argument.Size("Heads"),
    Argument.Size("KeyValueHeads"),
    Argument.Size("HeadSize"),
    Argument.Flag("Causal", false),
    Argument.Choice("Masking", "None", "Keys", "Length"),
    Argument.Choice("Rotary", "None", "Halves", "Pairs"),
    Positional.Base("RotaryBase"),
    Argument.Flag("Separate", false),
    Argument.Flag("Bias", true),
    Argument.Flag("OutputBias", true),
    Initialisation.Argument("Init"))
{
    private enum Masking
    {
        None,
        Keys,
        Length,
    }

    public override int? Operands => null;

    public override Term? Apply(LayerCall call)
    {
        var masking = (Masking)call.Arguments.Whole("Masking");
        int sequences = call.Operands.Length - (masking == Masking.None ? 0 : 1);
        if (sequences is not (1 or 2))
        {
            string wanted = masking == Masking.None ? "a sequence, or two" : "a sequence, or two, and which keys there are";
            return call.Report("DG0016", Kind, wanted, $"{ShapeWords.Number(call.Operands.Length)} tensors");
        }

        Term x = call.X, memory = call.Operands[sequences - 1];
        foreach (Term sequence in new[] { x, memory }.Where(s => s.Sample.Rank != 2))
        {
            return call.Report("DG0016", Kind, "a sequence", ShapeWords.Of(sequence.Sample));
        }

        if (call.Arguments.Flag("Causal") && x.Shape[1] != memory.Shape[1])
        {
            return call.Report("DG0008", Kind, ShapeWords.Of(x.Sample), ShapeWords.Of(memory.Sample));
        }

        if (Sizes(call, x) is not { } sizes
            || !call.Fits("the scores", sizes.Heads, Positional.Longest(x), Positional.Longest(memory))
            || !call.Fits("the projections", Positional.Longest(x), 3, sizes.Heads, sizes.Head)
            || !call.Fits("the projections", Positional.Longest(memory), 2, sizes.Groups, sizes.Head))
        {
            return null;
        }

        Func<Term, Term>? counts = null;
        if (masking != Masking.None)
        {
            Term mask = call.Operands[sequences];
            Size wanted = masking == Masking.Keys ? memory.Shape[1] : 1;
            if (mask.Sample.Rank != 1 || mask.Shape[1] != wanted)
            {
                return call.Report("DG0016", Kind, $"a vector of {wanted} to say which keys there are", ShapeWords.Of(mask.Sample));
            }

            counts = masking == Masking.Keys ? ScaledAttention.Listed(mask) : ScaledAttention.Before(mask);
        }

        // Causal attention sees no step beyond the last before it is there itself.
        if (call.Scope.Steps.Length(memory.Shape[1]) is { } steps && !(call.Arguments.Flag("Causal") && x.Shape[1] == memory.Shape[1]))
        {
            counts = ScaledAttention.Both(ScaledAttention.Before(steps), counts);
        }

        var projections = new AttentionProjections(call, sizes);
        (Term q, Term k, Term v) = projections.Inputs(x, memory, isSelf: sequences == 1);
        var rotary = (Rotary)call.Arguments.Whole("Rotary");
        if (rotary != Rotary.None)
        {
            (q, k) = (RotaryPositions.Turned(q, rotary, call.Arguments.Real("RotaryBase")), RotaryPositions.Turned(k, rotary, call.Arguments.Real("RotaryBase")));
        }

        Term y = ScaledAttention.Of(q, k, v, call.Arguments.Flag("Causal"), counts);
        call.FlopsPerValue = projections.Flops(x, memory);
        return projections.Output(y.Reshape(Shape.Of(x.Shape[0], x.Shape[1], sizes.Heads * sizes.Head)), x.Shape[2].Value);
    }

    private static AttentionSizes? Sizes(LayerCall call, Term x)
    {
        Arguments arguments = call.Arguments;
        int heads = arguments.Whole("Heads");
        int width = x.Shape[2].Value;
        if (heads == 0)
        {
            call.ReportAt("Heads", "DG0005", "Heads", "0");
            return null;
        }

        if (!arguments.Has("HeadSize") && width % heads != 0)
        {
            call.ReportAt("Heads", "DG0023", "Heads", ShapeWords.Number(heads), $"a divisor of {ShapeWords.Number(width)}, the size of each element");
            return null;
        }

        int groups = arguments.Has("KeyValueHeads") ? arguments.Whole("KeyValueHeads") : heads;
        if (heads % groups != 0)
        {
            call.ReportAt("KeyValueHeads", "DG0023", "KeyValueHeads", ShapeWords.Number(groups), $"a divisor of {ShapeWords.Number(heads)}, the number of heads");
            return null;
        }

        int size = arguments.Has("HeadSize") ? arguments.Whole("HeadSize") : width / heads;
        if (arguments.Whole("Rotary") != 0 && size % 2 != 0)
        {
            call.ReportAt("Rotary", "DG0022", call.Layer.Kind, $"a head of {ShapeWords.Number(size)} cannot be turned in pairs");
            return null;
        }

        return call.Fits("the heads", heads, size, 3) ? new AttentionSizes(heads, groups, size) : null;
    }
}

/// <summary>The numbers of heads of queries and of keys and values, and the size of each.</summary>
internal sealed record AttentionSizes(int Heads, int Groups, int Head);
