using DeepGen.Compiled.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Compiled.Tests;

/// <summary>Declarations that are sound but enormous.</summary>
public sealed class ExtremesTests
{
    /// <summary>As deep as a chain can get on the stack of a compiler's thread.</summary>
    [Fact]
    public void A_long_chain_of_elementwise_operations_is_cut_into_kernels()
    {
        Exception? failure = null;
        var thread = new Thread(
            () => failure = Record.Exception(() => Agreement.Check(
                CompiledSource.Load("""
                    [Network, Certify]
                    public sealed partial class N
                    {
                        [Dense] private partial Tensor E(Tensor x);

                        private Tensor Forward([Shape(8)] Tensor x)
                        {
                            var a = E(x);
                            for (int i = 0; i < 3000; i++) a = 0.5f * Relu(a) + x;
                            return a;
                        }
                    }
                    """),
                "N",
                1,
                3)),
            maxStackSize: 1 << 20);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    [Fact]
    public void Weights_that_no_array_holds_are_an_error_of_the_build()
    {
        CSharpCompilation user = Compiler.Declare("[Network, Input(46340), Dense(46340), Certify] public sealed partial class N;");
        Diagnostic error = Assert.Single(CompiledSource.Generate(user).Whole.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);
        Assert.Matches("DG0024: Too large: .* of 'N' comes to \\d+ values, more than an array holds", error.GetMessage());
    }
}
