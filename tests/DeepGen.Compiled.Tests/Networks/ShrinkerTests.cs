using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Networks;

public sealed class ShrinkerTests
{
    [Fact]
    public void Of_a_stack_only_what_fails_is_left() => Assert.Equal(
        "[Network,Input(1)][Gelu]public sealed partial class N;",
        Shrink("[Network, Input(12, 7)] [Dense(5), Relu, Gelu, Flatten, Dense(3)] public sealed partial class N;", "Gelu"));

    [Fact]
    public void Of_a_graph_only_what_fails_is_left() => Assert.Equal(
        "[Network]public sealed partial class N{private Tensor Forward([Shape(1)]Tensor x){return Silu(x);}}",
        Shrink(
            """
            [Network]
            public sealed partial class N
            {
                [Dense(5), Relu]
                private partial Tensor Layer(Tensor x);

                private (Tensor A, Tensor B) Forward([Shape(8)] Tensor x, [Shape(5)] Tensor y)
                {
                    var z = Layer(x);
                    return (z + y, 2 * Silu(x + 1));
                }
            }
            """,
            "Silu"));

    /// <summary>As if every sound declaration that holds a word failed.</summary>
    private static string Shrink(string text, string culprit)
    {
        string least = Shrinker.Shrink(text, candidate => candidate.Contains(culprit, StringComparison.Ordinal) && IsSound(candidate));
        return string.Concat(least.Split('\n').Select(l => l.Trim())).Replace(", ", ",").Replace("] ", "]");
    }

    private static bool IsSound(string text)
    {
        try
        {
            CompiledSource.Load(text).Create("N");
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
