using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.Generator.Emit;

/// <summary>
/// The names that emitted code takes from elsewhere, and their namespaces. They are written short, for the reader; where a
/// name would mean something else inside the user's class, it is written out from <c>global::</c>.
/// </summary>
internal static class ImportedNames
{
    private static readonly ImmutableArray<(string Namespace, string[] Names)> s_imports = ImmutableArray.Create(
        ("System", new[] { "GC", "InvalidOperationException", "Math", "Memory", "NotSupportedException", "ReadOnlyMemory", "ReadOnlySpan", "Span" }),
        ("System.Collections.Generic", ["IReadOnlyList"]),
        ("System.Runtime.CompilerServices", ["MethodImpl", "MethodImplOptions", "Unsafe"]),
        ("System.Runtime.InteropServices", ["MemoryMarshal"]),
        ("DeepGen", ["Batch", "GraphBatch", "IGraphNetwork", "INetwork", "ITraceable", "ITrainable", "Initializer", "NamedTensor", "NeededRows", "NeighbourWeights", "NodeGraph", "NetworkSignature", "Optimizer", "ParameterSet", "SparseMatrix", "TargetSignature", "TensorSignature", "TrainingState"]),
        ("DeepGen.Runtime",
            [
                "BatchProgram", "Blocks", "Elementary", "Feed", "ILanes", "ISingleSample", "InstructionSet", "Lanes128", "Lanes256", "Lanes512", "LanesNeon", "LanesScalar", "LiveEntries", "LiveRows", "NoiseNumbers",
                "PreparedWeights", "SparseRows", "StagedProgram", "StepFrame", "TrainingProgram", "TrainingSetting", "TrainingSettingKind", "TrainingStage",
            ]));

    public static IEnumerable<string> Namespaces => s_imports.Select(i => i.Namespace);

    /// <summary>Every name with the full name it stands for.</summary>
    public static ImmutableDictionary<string, string> FullNames { get; } =
        s_imports.SelectMany(i => i.Names.Select(n => (Name: n, Full: i.Namespace + "." + n))).ToImmutableDictionary(p => p.Name, p => p.Full);

    /// <summary>The same code with the given names written out.</summary>
    public static string WriteOut(string text, IReadOnlyCollection<string> names) => names.Count == 0
        ? text
        : new Writer(new HashSet<string>(names)).Visit(CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest)).GetRoot()).ToFullString();

    private sealed class Writer(HashSet<string> names) : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitUsingDirective(UsingDirectiveSyntax node) => node;

        public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node) => Global((SimpleNameSyntax)base.VisitIdentifierName(node)!, node);

        public override SyntaxNode? VisitGenericName(GenericNameSyntax node) => Global((SimpleNameSyntax)base.VisitGenericName(node)!, node);

        private SyntaxNode Global(SimpleNameSyntax written, SimpleNameSyntax node)
        {
            bool isFirst = node.Parent switch
            {
                MemberAccessExpressionSyntax access => access.Name != node,
                QualifiedNameSyntax qualified => qualified.Right != node,
                AliasQualifiedNameSyntax or NameColonSyntax => false,
                _ => true,
            };
            string name = node.Identifier.ValueText;
            return isFirst && names.Contains(name)
                ? SyntaxFactory.ParseName("global::" + FullNames[name].Substring(0, FullNames[name].Length - name.Length) + written.WithoutTrivia().ToFullString())
                    .WithTriviaFrom(node)
                : written;
        }
    }
}
