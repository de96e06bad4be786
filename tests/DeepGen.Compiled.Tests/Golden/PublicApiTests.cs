using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Compiled.Tests.Golden;

/// <summary>Everything a user's code can name, so that no change of it goes unseen.</summary>
public sealed class PublicApiTests
{
    private static readonly SymbolDisplayFormat s_member = new SymbolDisplayFormat(
            typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly, propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor)
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeConstantValue)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut)
        .WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints)
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    [Fact]
    public void The_attributes_and_operations_are_as_before() => Check(typeof(NetworkAttribute), "DeepGen.Attributes");

    [Fact]
    public void The_runtime_is_as_before() => Check(typeof(INetwork), "DeepGen.Runtime");

    private static void Check(Type anchor, string name)
    {
        MetadataReference library = MetadataReference.CreateFromFile(anchor.Assembly.Location);
        IEnumerable<MetadataReference> platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is var f && (f.StartsWith("System.", StringComparison.Ordinal) || f == "netstandard.dll"))
            .Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create("Reader", references: platform.Append(library));
        var assembly = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(library)!;
        IEnumerable<string> types = Types(assembly.GlobalNamespace).Select(Text).Order(StringComparer.Ordinal);
        Verified.Check(name, string.Join("\n", types), "txt");
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(m => m switch
    {
        INamespaceSymbol space => Types(space),
        INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type => Types(type).Prepend(type),
        _ => [],
    });

    private static string Text(INamedTypeSymbol type)
    {
        string modifier = type switch
        {
            { TypeKind: not TypeKind.Class } => type.IsReadOnly ? "readonly " : "",
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        INamedTypeSymbol[] bases = [.. type.BaseType is { SpecialType: SpecialType.None } parent ? ImmutableArray.Create(parent) : [], .. type.Interfaces];
        string heading = $"{modifier}{type.TypeKind.ToString().ToLowerInvariant()} {type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat)}"
            + (bases.Length == 0 ? "" : " : " + string.Join(", ", bases.Select(b => b.ToDisplayString(s_member)).Order(StringComparer.Ordinal)));
        IEnumerable<string> members = type.GetMembers()
            .Where(m => m.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
            .Where(m => m is not INamedTypeSymbol and not IMethodSymbol { AssociatedSymbol: not null } && (m.CanBeReferencedByName || m is IMethodSymbol or IPropertySymbol))
            .Where(m => type.TypeKind switch { TypeKind.Delegate => m.Name == "Invoke", TypeKind.Enum => m is IFieldSymbol, _ => true })
            .Select(m => "    " + (type.TypeKind == TypeKind.Interface && m.IsStatic ? "static abstract " : "") + m.ToDisplayString(s_member))
            .Order(StringComparer.Ordinal);
        return string.Concat(members.Prepend(heading).Select(l => l + "\n"));
    }
}
