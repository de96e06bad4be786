using System.Collections.Immutable;

namespace DeepGen.Generator.Layers;

/// <summary>
/// A layer or an operation of <c>Forward</c> (there is no difference): its name, its arguments, its shape rule and its
/// expansion into primitives. One subclass an idea, one entry each in <see cref="LayerCatalog"/>.
/// </summary>
internal abstract class Layer(string kind, params Argument[] arguments)
{
    public string Kind { get; } = kind;

    public ImmutableArray<Argument> Arguments { get; } = arguments.ToImmutableArray();

    /// <summary>How many values it is applied to; null for as many as there are.</summary>
    public virtual int? Operands => 1;

    /// <summary>How many tensors it gives where all are asked for; where one is, that is the first.</summary>
    public virtual int Results => 1;

    /// <summary>Whether it may be given whole numbers that stand for something, which no other layer computes with.</summary>
    public virtual bool ReadsIds => false;

    /// <summary>Whether it can be applied to a sparse vector, which has no values one by one.</summary>
    public virtual bool TakesSparse => false;

    /// <summary>The result, or null after a finding. Arguments have been checked against their own rules before.</summary>
    public abstract Term? Apply(LayerCall call);

    /// <summary>The name in the summary.</summary>
    public virtual string Title(LayerCall call) => Kind;
}
