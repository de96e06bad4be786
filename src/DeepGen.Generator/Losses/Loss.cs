using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;

namespace DeepGen.Generator.Losses;

/// <summary>
/// How outputs are compared with a target: its name, its arguments, the target it wants for an output of some shape, and its
/// expansion into primitives. One subclass a file, one entry each in <see cref="LossCatalog"/>.
/// </summary>
internal abstract class Loss(string kind, params Argument[] arguments)
{
    public string Kind { get; } = kind;

    /// <summary>Those of this loss alone; every loss has Output and Weight besides.</summary>
    public ImmutableArray<Argument> Arguments { get; } = arguments.ToImmutableArray();

    /// <summary>The target's form, or null after a finding. Arguments have been checked against their own rules before.</summary>
    public abstract TargetForm? Target(LossCall call);

    /// <summary>The loss of each sample.</summary>
    public abstract SampleLoss Of(LossCall call, Term target);
}

/// <summary>The target of one sample.</summary>
/// <param name="Classes">How many classes its numbers stand for; 0 where they are values.</param>
internal readonly record struct TargetForm(int Classes, ImmutableArray<Size> Sizes);

/// <summary>
/// [B] losses, whose mean over the batch is the loss: Σ Value / B, or Σ Value / Σ Weight where samples count differently.
/// </summary>
internal readonly record struct SampleLoss(Term Value, Term? Weight = null);
