using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Declare;

/// <summary>What a declared network says, and nothing of where it says it: equal specs give equal code.</summary>
internal sealed record NetworkSpec(
    string Namespace,
    string Name,
    string Accessibility,
    bool IsSealed,
    ModuleSpec Module,
    EquatableArray<ReadingSpec> Readings,
    EquatableArray<LayerMethodSpec> LayerMethods,
    EquatableArray<ArgumentSpec> Initialize = default,
    EquatableArray<ArgumentSpec> Convolutions = default,
    EquatableArray<ArgumentSpec> Weights = default);

/// <summary>
/// A reading asked for beside Predict: Trace, Certify, once each, and Train, once for every loss. Arguments are those of its
/// attribute.
/// </summary>
/// <param name="Method">
/// A loss that the class defines: its inputs are the outputs it looks at, whose shapes are not said, and then its targets.
/// </param>
internal sealed record ReadingSpec(string Name, EquatableArray<ArgumentSpec> Arguments, ModuleSpec? Method = null);

/// <summary>A partial layer method of the class, whose body the generator must supply so that the class compiles.</summary>
internal sealed record LayerMethodSpec(string Name, string Signature);

/// <summary>
/// The body of a network or block: members that own parameters, and steps in the order they are computed. A stack of
/// attributes is desugared into the same shape as a <c>Forward</c> method.
/// </summary>
/// <param name="TypeName">Fully qualified name of the declaring class; also the prefix of its place keys.</param>
internal sealed record ModuleSpec(
    string TypeName,
    EquatableArray<InputSpec> Inputs,
    EquatableArray<MemberSpec> Members,
    EquatableArray<StepSpec> Steps,
    EquatableArray<OutputSpec> Outputs);

/// <summary>An input; Shape is empty-with-HasShape-false in a block, whose shapes come from its caller.</summary>
/// <param name="Symbols">For each axis the name of its size if that is known at run time only, and Shape is its largest; else "".</param>
internal sealed record InputSpec(
    string Name, bool HasShape, EquatableArray<int> Shape, InputLayout Layout, EquatableArray<string> Symbols = default)
{
    /// <summary>Whether each sample lists the places of its values that are not zero.</summary>
    public bool IsSparse { get; init; }

    /// <summary>The size that it says of each sample; "" for all other inputs.</summary>
    public string Ends { get; init; } = "";

    /// <summary>The largest that size may be.</summary>
    public int Longest { get; init; }

    public IEnumerable<Size> Sizes => Shape.Select((s, axis) =>
        axis < Symbols.Count && Symbols[axis].Length > 0 ? Size.Named(Symbols[axis], s) : s);
}

internal enum InputLayout
{
    /// <summary>Channels, height, width: PyTorch's order.</summary>
    Chw,

    /// <summary>Height, width, channels: interleaved images.</summary>
    Hwc,
}

internal sealed record OutputSpec(string Name, int Step);

/// <summary>Something that owns parameters (or could). Path is its dotted name below the module: "0", "encode", "stem.1".</summary>
internal sealed record MemberSpec(string Path, LayerSpec Layer);

/// <summary>One layer attribute. Kind is the attribute's name without "Attribute": "Dense", "Stack".</summary>
/// <param name="Block">The block a Stack or Use refers to; null for every other layer.</param>
internal sealed record LayerSpec(string Kind, EquatableArray<ArgumentSpec> Arguments, ModuleSpec? Block);

/// <summary>
/// A named argument as written: numbers, flags (0 or 1) and enum values in Numbers, text in Text; of a
/// list in which names stand between numbers, the names in Text, parted by commas.
/// </summary>
internal sealed record ArgumentSpec(string Name, EquatableArray<double> Numbers, string? Text);

internal enum StepKind
{
    /// <summary>The module's input number Index.</summary>
    Input,

    /// <summary>The scalar Value.</summary>
    Constant,

    /// <summary>Member number Index applied to Operands.</summary>
    Call,

    /// <summary>What the call Operands[0] gives beside its first result, as number Index.</summary>
    Result,

    /// <summary>Operation Name of Ops (or an operator: "Add", "Subtract", "Multiply", "Divide", "Negate") applied to Operands.</summary>
    Op,
}

/// <summary>One computed value. Operands are indices of earlier steps; Label is the local it is assigned to, if any.</summary>
internal sealed record StepSpec(
    StepKind Kind,
    int Index,
    string Name,
    double Value,
    EquatableArray<int> Operands,
    EquatableArray<ArgumentSpec> Arguments,
    string? Label)
{
    /// <summary>How many tensors a call is taken to give.</summary>
    public int Results { get; init; } = 1;
}
