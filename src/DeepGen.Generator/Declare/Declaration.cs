using DeepGen.Generator.Support;

namespace DeepGen.Generator.Declare;

/// <summary>What reading one class gave. Compared by value: nothing in it refers to a compilation.</summary>
/// <param name="Class">What is needed to write the bodies of its layer methods; null if the class cannot be extended.</param>
/// <param name="Spec">The network; null for a block, and for a network with an error in its declaration.</param>
/// <param name="Places">Where the parts of the spec stand, those of its blocks included.</param>
/// <param name="Findings">What is wrong with this class; its blocks are read, and reported, by themselves.</param>
internal sealed record Declaration(
    ClassSpec? Class,
    NetworkSpec? Spec,
    Places Places,
    EquatableArray<DeclareFinding> Findings)
{
    public static Declaration Nothing { get; } = new(null, null, Places.None, EquatableArray<DeclareFinding>.Empty);
}

/// <summary>The class itself, without what its network means.</summary>
/// <param name="FileName">The name of its generated files: its full name, told apart from names that differ in case alone.</param>
/// <param name="ShadowedNames">Names of emitted code that mean something else inside the class.</param>
internal sealed record ClassSpec(
    string Namespace,
    string Name,
    string FileName,
    EquatableArray<string> ShadowedNames,
    string Accessibility,
    bool IsSealed,
    EquatableArray<LayerMethodSpec> LayerMethods);

/// <summary>A mistake seen while reading: which rule, where, and the words that fill the rule's message.</summary>
internal sealed record DeclareFinding(string Id, Place Place, EquatableArray<string> Arguments)
{
    /// <summary>All but the warnings leave the network without a meaning.</summary>
    public bool IsError => Id is not ("DG0025" or "DG0026");
}
