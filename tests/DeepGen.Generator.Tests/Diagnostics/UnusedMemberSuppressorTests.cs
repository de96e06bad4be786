using System.Collections.Immutable;
using DeepGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

// The stand-in below is never shipped, so the rules for shipped analyzers are not for it.
#pragma warning disable RS1029, RS1036, RS1038, RS1041, RS2008

namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class UnusedMemberSuppressorTests
{
    private const string Program = """
        [Network]
        public sealed partial class Net
        {
            [Dense(3)] private partial Tensor Encode(Tensor x);
            private Tensor Forward([Shape(4)] Tensor x) => Twice(x);
            private Tensor Twice(Tensor x) => Encode(x) + Encode(x);
            private int Unused() => 3;
        }

        public class Other
        {
            private int Forward() => 3;
        }
        """;

    [Fact]
    public void What_Declare_reads_is_not_unused() =>
        Assert.Equal(["Net.Unused", "Other.Forward"], Remaining());

    private static IEnumerable<string> Remaining()
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new EveryMethod(), new UnusedMemberSuppressor()];
        return new UserProgram(Program).Compilation
            .WithAnalyzers(analyzers)
            .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
            .Where(d => !d.IsSuppressed)
            .Select(d => d.GetMessage())
            .Order(StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>Stands in for an analyzer that complains about methods: it complains about each.</summary>
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class EveryMethod : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Rule = new("CA1822", "Static", "{0}", "Test", DiagnosticSeverity.Warning, true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSyntaxNodeAction(
                c =>
                {
                    var method = (MethodDeclarationSyntax)c.Node;
                    string name = $"{((ClassDeclarationSyntax)method.Parent!).Identifier.Text}.{method.Identifier.Text}";
                    c.ReportDiagnostic(Diagnostic.Create(Rule, method.Identifier.GetLocation(), name));
                },
                SyntaxKind.MethodDeclaration);
        }
    }
}
