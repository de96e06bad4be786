namespace DeepGen.Compiled.Tests.Networks;

/// <summary>What random networks once got wrong, as small as it was after shrinking, with what was wrong.</summary>
internal static class FoundBefore
{
    public static IReadOnlyDictionary<string, string> Networks { get; } = new Dictionary<string, string>
    {
        ["a loop's result has the border its body needs, which is less than what follows needs"] =
            """
            [Network, Input(3, 1, 1), Certify, Trace]
            [Stack<B>(1), Conv2D(Kernel = 1, Padding = 2)]
            public sealed partial class N;

            [Block, Conv2D(Kernel = 3, Padding = 1)]
            public sealed partial class B;
            """,

        ["a single column of an epilogue is a number: as the first of a vector it reads behind the input"] =
            """
            [Network, Certify, Trace]
            public sealed partial class N
            {
                [Dense(16), Dense(1)] private partial Tensor Inside(Tensor x);

                private Tensor Forward([Shape(1)] Tensor x) => x + Inside(x);
            }
            """,

        ["bands of a single row: each panel of columns declares which rows of the kernel it meets"] =
            """
            [Network, Input(1, 8, 91), Certify, Trace]
            [Conv2D(17, 2, Padding = 2)]
            public sealed partial class N;
            """,
    };
}
