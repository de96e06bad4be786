namespace DeepGen.Compiled.Tests.Streams;

/// <summary>Networks whose sequences may come element by element.</summary>
internal static class StreamedNetworks
{
    public static readonly (string Name, string Declaration)[] All =
    [
        ("Rnn", Layers("Rnn(20), Rnn(7, Relu = true, Layers = 2)")),
        ("Gru", Layers("Gru(20, Layers = 3), Dense(4)")),
        ("Lstm", Layers("Lstm(20)")),
        ("stacked Lstm", Layers("Lstm(24, Layers = 2), Tanh, Lstm(5), LayerNorm")),
        ("last state", Layers("Lstm(24, Layers = 2, Output = States.Last), Dense(3), Softmax")),
        ("a layer for each step", Layers("Dense(32), Gelu, RmsNorm, SwiGlu(20), Dense(4)")),
        ("causal convolution", Signals("Conv1D(8, 3, Causal = true), Relu, Conv1D(5, 2, Causal = true)")),
        ("dilated convolutions", Signals("Conv1D(12, 2, Causal = true, Dilation = 1), Relu, Conv1D(12, 2, Causal = true, Dilation = 2), Relu, Conv1D(12, 3, Causal = true, Dilation = 4), Conv1D(2, 1)")),
        ("grouped convolution", Signals("Conv1D(6, 4, Causal = true, Groups = 3), BatchNorm, Tanh, Conv1D(6, 3, Causal = true, Groups = 6)")),
        ("convolutions and a recurrent layer", Signals("Conv1D(16, 3, Causal = true), Relu, Conv1D(16, 3, Causal = true, Dilation = 2), Transpose(1, 0), Gru(10), Dense(2)")),
        ("attention", Layers("MultiHeadAttention(3, Causal = true)")),
        ("learned positions", Layers("LearnedPositions, MultiHeadAttention(2, Causal = true), Dense(4)")),
        ("sinusoidal positions", Layers("SinusoidalPositions, MultiHeadAttention(6, Causal = true, Separate = true), Dense(4)")),
        ("rotary positions", Layers("Dense(16), MultiHeadAttention(2, Causal = true, Rotary = Rotary.Halves), MultiHeadAttention(2, Causal = true, Rotary = Rotary.Pairs)")),
        ("grouped heads", Layers("Dense(24), MultiHeadAttention(6, KeyValueHeads = 2, HeadSize = 6, Causal = true, Rotary = Rotary.Pairs), Dense(3)")),
        ("wide and long", """
            [Network, Size("T", 150), Input("T", 33), Stream]
            [Dense(272), Gelu, Lstm(130), MultiHeadAttention(5, Causal = true), Transpose(1, 0), Conv1D(70, 5, Causal = true, Dilation = 7), Transpose(1, 0), Dense(40)]
            public sealed partial class N;
            """),
        ("weights in pairs", """
            [Network, Size("T", 50), Input("T", 9), Stream, Weights(WeightFormat.BFloat16)]
            [Dense(272), Gelu, Lstm(70), MultiHeadAttention(5, Causal = true), Transpose(1, 0), Conv1D(70, 3, Causal = true), Transpose(1, 0), Stack<Half>(3), Dense(33)]
            public sealed partial class N;

            [Block, Residual, LayerNorm, Dense(Expand = 2), Relu, Dense(Shrink = 2)]
            public sealed partial class Half;
            """),
        ("attention, convolution and recurrence", """
            [Network, Size("T", 19), Stream]
            public sealed partial class N
            {
                [Dense(16), Silu] private partial Tensor Widen(Tensor x);
                [LayerNorm, MultiHeadAttention(4, Causal = true, Rotary = Rotary.Halves)] private partial Tensor Look(Tensor x);
                [Conv1D(16, 4, Causal = true), Relu] private partial Tensor Listen(Tensor x);
                [Lstm(16)] private partial Tensor Remember(Tensor x);
                [MultiHeadAttention(2)] private partial Tensor Consult(Tensor x, Tensor notes);
                [Dense(3)] private partial Tensor Say(Tensor x);

                private (Tensor Said, Tensor Last) Forward([Shape("T", 6)] Tensor x, [Shape(5, 16)] Tensor notes)
                {
                    var y = Consult(Widen(x), notes);
                    y = y + Look(y);
                    y = y + Transpose(Listen(Transpose(y, 1, 0)), 1, 0);
                    var z = Remember(y);
                    return (Say(z), y * z);
                }
            }
            """),
        ("given states", """
            [Network, Size("T", 14), Stream]
            public sealed partial class N
            {
                [Lstm(9, Layers = 2)] private partial (Tensor All, Tensor H, Tensor C) Go(Tensor x, Tensor h, Tensor c);
                [Gru(20)] private partial Tensor On(Tensor x, Tensor h);
                [Learned(20, Deviation = 0.5f)] private partial Tensor More();
                [Dense(3)] private partial Tensor Say(Tensor x);

                private (Tensor Said, Tensor H, Tensor C) Forward([Shape("T", 6)] Tensor x, [Shape(2, 9)] Tensor h, [Shape(2, 9)] Tensor c, [Shape(20)] Tensor g)
                {
                    (var all, h, c) = Go(x, h, c);
                    return (Say(On(all, Tanh(g) + More())), h, c);
                }
            }
            """),
        ("states as outputs", """
            [Network, Size("T", 14), Stream]
            public sealed partial class N
            {
                [Lstm(9)] private partial (Tensor All, Tensor H, Tensor C) Go(Tensor x);

                private (Tensor All, Tensor H, Tensor C) Forward([Shape("T", 6)] Tensor x) => Go(x);
            }
            """),
        ("tokens", """
            [Block, Residual, LayerNorm, MultiHeadAttention(2, Causal = true)]
            public sealed partial class Attend;

            [Block, Residual, LayerNorm, Dense(Expand = 4), Gelu, Dense(Shrink = 4)]
            public sealed partial class Think;

            [Block, Use<Attend>, Use<Think>]
            public sealed partial class Both;

            [Network, Size("T", 20), Input("T"), Stream]
            [Embedding(11, 16), LearnedPositions, Stack<Both>(3), LayerNorm, Tied("0")]
            public sealed partial class N;
            """),
        ("tokens of a llama", """
            [Block, Residual, RmsNorm, MultiHeadAttention(4, KeyValueHeads = 2, Causal = true, Rotary = Rotary.Halves, Bias = false)]
            public sealed partial class Attend;

            [Block, Residual, RmsNorm, SwiGlu(24)]
            public sealed partial class Think;

            [Block, Use<Attend>, Use<Think>]
            public sealed partial class Both;

            [Network, Size("T", 18), Input("T"), Stream]
            [Embedding(13, 16), Stack<Both>(2), RmsNorm, Dense(13, Bias = false)]
            public sealed partial class N;
            """),
        ("tokens and a recurrent layer", """
            [Network, Size("T", 20), Input("T"), Stream]
            [Embedding(11, 9), Gru(12, Layers = 2), Dense(11)]
            public sealed partial class N;
            """),
        ("a stack of recurrent blocks", """
            [Block, Residual, LayerNorm, Lstm]
            public sealed partial class Cell;

            [Network, Size("T", 17), Input("T", 6), Stream]
            [Dense(12), Stack<Cell>(4), Dense(3)]
            public sealed partial class N;
            """),
        ("a stack of convolutions", """
            [Block, Residual, Conv1D(Kernel = 3, Causal = true), Relu]
            public sealed partial class Listen;

            [Network, Size("T", 17), Input(4, "T"), Stream]
            [Conv1D(8, 1), Stack<Listen>(3), Conv1D(2, 1)]
            public sealed partial class N;
            """),
    ];

    public static string Named(string name) => All.Single(n => n.Name == name).Declaration;

    /// <summary>Layers on a sequence of vectors.</summary>
    public static string Layers(string layers) => $$"""
        [Network, Size("T", 21), Input("T", 6), Stream]
        [{{layers}}]
        public sealed partial class N;
        """;

    /// <summary>Layers on channels, each a number a step.</summary>
    public static string Signals(string layers) => $$"""
        [Network, Size("T", 21), Input(3, "T"), Stream]
        [{{layers}}]
        public sealed partial class N;
        """;
}
