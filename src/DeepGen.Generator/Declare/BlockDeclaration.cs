using Microsoft.CodeAnalysis;

namespace DeepGen.Generator.Declare;

/// <summary>
/// Reads a class marked [Block] by itself: the bodies its layer methods need, and what is wrong with it whoever uses it.
/// What it means, and so its spec, depends on the network around it.
/// </summary>
internal static class BlockDeclaration
{
    /// <summary>For <c>ForAttributeWithMetadataName</c>; nothing for a class that is a network too.</summary>
    public static Declaration Declare(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        context.TargetSymbol is INamedTypeSymbol type && !KnownTypes.IsNetwork(type) && ClassReader.IsFirst(type, "BlockAttribute", context.TargetNode)
            ? Declare(type, context.SemanticModel.Compilation, cancellation)
            : Declaration.Nothing;

    public static Declaration Declare(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var walk = new DeclarationWalk(type, compilation, cancellation);
        ClassSpec? declared = ClassReader.Read(type, walk);
        walk.Root();
        return new Declaration(declared, null, walk.Places, walk.Findings);
    }
}
