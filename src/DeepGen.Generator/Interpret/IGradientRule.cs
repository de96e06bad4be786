using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// The derivative of a primitive y = f(x…) with one result, at the values its operands have. The theorem a rule owes: with
/// Push the linear map from tangents dx of the operands to the tangent of y, and Pull its transpose,
///   ⟨Pull(dy), dx⟩ = ⟨dy, Push(dx)⟩.
/// Where there is no derivative the choice is PyTorch's. A rule answers with nodes, so that derivatives go through the same
/// passes and the same emitter as values do, and have derivatives themselves.
/// </summary>
internal interface IGradientRule
{
    /// <summary>Whether y changes smoothly with an operand at all; where it does not, the two below are not asked about it.</summary>
    bool Carries(int operand);

    /// <summary>The cotangent of one operand, given that of y; null if it is zero.</summary>
    Node? Pull(Node y, int operand, Node dy, GradientBuilder g);

    /// <summary>The tangent of y, given those of its operands, of which some but not all may be null for zero.</summary>
    Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g);
}
