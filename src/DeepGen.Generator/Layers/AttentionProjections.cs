using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>
/// The weights of an attention: in one piece, as nn.MultiheadAttention has them (apart where queries and keys differ in size),
/// or as layers of their own, as llama has.
/// </summary>
internal sealed class AttentionProjections(LayerCall call, AttentionSizes sizes)
{
    private readonly int _queries = sizes.Heads * sizes.Head;
    private readonly int _keys = sizes.Groups * sizes.Head;

    private bool IsSeparate => call.Arguments.Flag("Separate") || call.Arguments.Has("KeyValueHeads");

    private bool HasBias => call.Arguments.Flag("Bias");

    /// <summary>Queries, keys and values: [B, t, heads, size].</summary>
    public (Term Q, Term K, Term V) Inputs(Term x, Term memory, bool isSelf)
    {
        if (IsSeparate)
        {
            return (
                Heads(call.Project(x, "q_proj", _queries, HasBias), sizes.Heads),
                Heads(call.Project(memory, "k_proj", _keys, HasBias), sizes.Groups),
                Heads(call.Project(memory, "v_proj", _keys, HasBias), sizes.Groups));
        }

        Term q, k, v;
        if (x.Shape[2] == memory.Shape[2])
        {
            Term weight = Weight("in_proj_weight", 3 * _queries, x.Shape[2].Value);
            Term? bias = Bias();
            if (isSelf)
            {
                // One product for all three.
                Term all = Product(x, weight, bias);
                (q, k, v) = (Third(all, 2, 0), Third(all, 2, 1), Third(all, 2, 2));
            }
            else
            {
                (q, k, v) = (Product(x, Third(weight, 0, 0), Part(bias, 0)), Product(memory, Third(weight, 0, 1), Part(bias, 1)), Product(memory, Third(weight, 0, 2), Part(bias, 2)));
            }
        }
        else
        {
            Term[] weights = [Weight("q_proj_weight", _queries, x.Shape[2].Value), Weight("k_proj_weight", _queries, memory.Shape[2].Value), Weight("v_proj_weight", _queries, memory.Shape[2].Value)];
            Term? bias = Bias();
            (q, k, v) = (Product(x, weights[0], Part(bias, 0)), Product(memory, weights[1], Part(bias, 1)), Product(memory, weights[2], Part(bias, 2)));
        }

        return (Heads(q, sizes.Heads), Heads(k, sizes.Heads), Heads(v, sizes.Heads));
    }

    /// <summary>[B, t, heads · size] to the size of the layer's input.</summary>
    public Term Output(Term y, int units)
    {
        bool hasBias = call.Arguments.Has("OutputBias") ? call.Arguments.Flag("OutputBias") : HasBias;
        if (IsSeparate)
        {
            return call.Project(y, "o_proj", units, hasBias);
        }

        Initial initial = Initialisation.Of(call);
        (Initializer kind, double scale) = Initialisation.Weight(initial, _queries, [units, _queries]);
        Term weight = call.Parameter("out_proj.weight", kind, scale, true, units, _queries);
        return Product(y, weight, hasBias ? call.Parameter("out_proj.bias", Initializer.Zeros, 0, true, units) : null);
    }

    /// <summary>Floating point operations for each value of the output.</summary>
    public long Flops(Term x, Term memory)
    {
        long rows = Positional.Longest(x), keys = Positional.Longest(memory), width = x.Shape[2].Value;
        long projections = (rows * _queries * 2 * width) + (2 * keys * (IsSeparate ? _keys : _queries) * memory.Shape[2].Value);
        return Math.Max(1, 2 * (projections + (2 * rows * keys * _queries)) / (rows * width));
    }

    private Term Heads(Term x, int heads) => x.Reshape(Shape.Of(x.Shape[0], x.Shape[1], heads, sizes.Head));

    private Term Third(Term x, int axis, int number) => x.Slice(axis, number * _queries, _queries);

    private Term? Part(Term? bias, int number) => bias is null ? null : Third(bias, 0, number);

    private Term Weight(string name, int rows, int columns)
    {
        Initial initial = Initialisation.Of(call);
        (Initializer kind, double scale) = Initialisation.Weight(initial == Initial.Default ? Initial.XavierUniform : initial, columns, [rows, columns]);
        return call.Parameter(name, kind, scale, true, rows, columns);
    }

    private Term? Bias() => HasBias ? call.Parameter("in_proj_bias", Initializer.Zeros, 0, true, 3 * _queries) : null;

    private static Term Product(Term x, Term weight, Term? bias)
    {
        Term y = x.Apply(new MatMul(), weight.Transpose(1, 0));
        return bias is null ? y : y + bias.Over(y.Shape, 2);
    }
}
