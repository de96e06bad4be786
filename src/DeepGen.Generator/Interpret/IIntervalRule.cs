using System.Collections.Immutable;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// How a primitive acts on intervals. The theorem a rule owes: if every operand lies within its bounds, then so does every
/// result, both in real arithmetic and as float32 code computes it in any order of summation (unless it overflows); the
/// bounds themselves being computed by such code. A primitive without this interface has no interval reading, and the compiler says so.
/// </summary>
internal interface IIntervalRule
{
    /// <summary>The bounds of the results. Item is handed the bounds of every result of its Repeat.</summary>
    ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b);
}
