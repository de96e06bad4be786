using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// How many of a value's elements are zeros, as a rule: half of those that a comparison decides about, be it a threshold at zero or a
/// mask, what is multiplied by zero, and what functions make zero of zero.
/// </summary>
internal sealed class ShareOfZeros
{
    private const double Half = 0.5;

    private readonly Dictionary<Node, double> _known = [];

    public double Of(Node node)
    {
        if (!_known.TryGetValue(node, out double share))
        {
            _known.Add(node, share = Estimate(node));
        }

        return share;
    }

    private double Estimate(Node node) => node.Op switch
    {
        Compare when node.Inputs[1].Op is Noise => Uniform.Of(node.Inputs[0]) ?? Half,
        Compare => Half,
        Maximum when node.Inputs.Any(i => Uniform.Is(i, 0)) => Half,
        Select when Uniform.Is(node.Inputs[1], 0) || Uniform.Is(node.Inputs[2], 0) => Half,
        Multiply => 1 - ((1 - Of(node.Inputs[0])) * (1 - Of(node.Inputs[1]))),
        Elementwise { Arity: 1 } function when function.Apply(0, 0, 0) == 0 => Of(node.Inputs[0]),
        Minimum when Uniform.Of(node.Inputs[0]) >= 0 => Of(node.Inputs[1]),
        Divide or Reshape or Transpose or Broadcast or Slice or Reverse or Detach => Of(node.Inputs[0]),
        Concat => node.Inputs.Average(Of),
        _ => 0,
    };
}
