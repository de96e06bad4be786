using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// How many of a value's elements are zeros, as a rule: half of those that a comparison decides about, be it a threshold at zero or a
/// mask, what is multiplied by zero, and what a function makes of zeros where all else that it is given is known. Of what comes from
/// outside so many may be: a digit's background, words that are not there.
/// </summary>
/// <param name="fromOutside">Whether inputs are what a network is given, rather than what a loop hands in.</param>
internal sealed class ShareOfZeros(bool fromOutside)
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
        Input { InputType.Element: ElementType.Float32 } when fromOutside => Half,
        Compare when node.Inputs[1].Op is Noise => Uniform.Of(node.Inputs[0]) ?? Half,
        Compare => Half,
        Maximum when node.Inputs.Any(i => Uniform.Is(i, 0)) => Half,
        Select when Uniform.Is(node.Inputs[1], 0) || Uniform.Is(node.Inputs[2], 0) => Half,
        Multiply => 1 - ((1 - Of(node.Inputs[0])) * (1 - Of(node.Inputs[1]))),
        Elementwise function when PlaceOfKept(function, node) is { } place => Of(node.Inputs[place]),
        Divide or Reshape or Transpose or Broadcast or Slice or Reverse or Detach => Of(node.Inputs[0]),
        Concat => node.Inputs.Average(Of),
        _ => 0,
    };

    /// <summary>The input whose zeros are zeros of the result, all others being numbers.</summary>
    private static int? PlaceOfKept(Elementwise function, Node node)
    {
        double?[] known = node.Inputs.Select(i => (double?)Uniform.Of(i)).ToArray();
        int place = Array.IndexOf(known, null);
        double Given(int input) => input < known.Length ? known[input] ?? 0 : 0;
        return known.Count(k => k is null) == 1 && function.Apply(Given(0), Given(1), Given(2)) == 0 ? place : null;
    }
}
