using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Tests.Declarations;

/// <summary>Sound declarations, and what typing makes of them.</summary>
internal static class Mutations
{
    private static readonly string[] Strange =
    [
        "-1", "0", "2147483647", "1e40f", "\"x\"", "null", "default", "partial", "static", "async", "params", "ref", "x", "Net", "typeof(Part)",
        "Part", "Train(Loss.L1)", "Loss.CrossEntropy", "<", ">", "(", ")", "[", "]", "{", "}", ",", ";", "=", "+", "=>", "return", "for", "if", "else", "Forward", "Relu", "Concat", "Shape",
        "Stack<Part>(2)", "Use<Net>", "Input(4)", "Layout", "int", "var", "Tensor", "this", "new", "await", "switch", "$\"{x}\"", "record", "file",
    ];

    /// <summary>One of the declarations, edited one to three times.</summary>
    public static string Draw(int number, Random random)
    {
        string source = Originals[number % Originals.Length];
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            source = Edit(source, random);
        }

        return source;
    }

    private static string Edit(string source, Random random)
    {
        ImmutableArray<SyntaxToken> tokens = [.. CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Where(t => t.Span.Length > 0)];
        if (tokens.IsEmpty)
        {
            return source;
        }

        SyntaxToken token = tokens[random.Next(tokens.Length)];
        SyntaxToken other = tokens[random.Next(tokens.Length)];
        string strange = Strange[random.Next(Strange.Length)];
        switch (random.Next(5))
        {
            case 0:
                return Replace(source, token, "");
            case 1:
                return source.Insert(token.SpanStart, strange + " ");
            case 2:
                return Replace(source, token, strange);
            case 3:
                SyntaxToken number = tokens.Where(t => t.IsKind(SyntaxKind.NumericLiteralToken)).OrderBy(_ => random.Next()).FirstOrDefault(token);
                return Replace(source, number, new[] { "0", "-3", "1", "7", "100000", "99999999999", "1.5" }[random.Next(7)]);
            default:
                (SyntaxToken first, SyntaxToken second) = token.SpanStart < other.SpanStart ? (token, other) : (other, token);
                return first == second ? source : Replace(Replace(source, second, first.Text), first, second.Text);
        }
    }

    private static string Replace(string source, SyntaxToken token, string text) =>
        source.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, text);

    public static readonly string[] Originals =
    [
        "[Network, Input(784)] [Dense(128), Relu, Dense(10)] public sealed partial class Net;",
        "[Network, Input(1, 12, 12), Certify, Trace] [Conv2D(4, 3, Padding = 1), Relu, MaxPool2D(2)] [Flatten, Dense(10)] public sealed partial class Net;",
        "[Network, Input(3, 8, 8, Layout = Layout.Hwc)] [Conv2D(4, 3), Stack<Part>(20), GlobalAveragePool, Dense(10)] public sealed partial class Net; [Block, Residual, Conv2D(Kernel = 3, Padding = 1), BatchNorm, Relu] public sealed partial class Part;",
        "[Network, Input(4, Name = \"x\")] [Use(typeof(Part)), Stack(typeof(Part), 2)] public sealed partial class Net; [Block] [Dense, Use<Inner>] partial class Part; [Block, Residual, LayerNorm, Dense(Expand = 2), Dense(Shrink = 2)] partial class Inner;",
        """
        [Network]
        public sealed partial class Net
        {
            [Dense(6)] private partial Tensor Encode(Tensor x);
            [Dense(1)] private partial Tensor Score(Tensor x);
            private (Tensor Score, Tensor Code) Forward([Shape(10)] Tensor left, [Shape(10)] Tensor right)
            {
                var a = Relu(Encode(left));
                var b = Relu(Encode(right));
                for (int i = 0; i < 3; i++) a = a + 0.1f * b;
                return (Score(Concat(a, b)), a);
            }
        }
        """,
        "[Network, Input(4), Initialize(Initial.ByActivation)] [Stack<Part>(3), Dense(3)] [Train(Loss.CrossEntropy, Certified = true, Lowest = 0, ClassWeights = new[] { 1f, 2f, 3f })] public sealed partial class Net; [Block, Residual, Dense(Init = Initial.Zeros), Dropout(0.5f), Relu] public sealed partial class Part;",
        """
        [Network]
        [Train(Loss.Huber, Output = "Score", Delta = 2), Train(Loss.CosineEmbedding, Output = "Code", Other = "Score"), Train(nameof(Apart), Weight = 0.5f)]
        public sealed partial class Net
        {
            [Dense(6), BatchNorm, Dropout(0.1f)] private partial Tensor Encode(Tensor x);
            private (Tensor Score, Tensor Code) Forward([Shape(6)] Tensor x) => (Encode(x), x);
            private Tensor Apart(Tensor score, Tensor code, [Shape(6)] Tensor target)
            {
                var d = Abs(score - code) - target;
                return Max(d, 0.5f * d);
            }
        }
        """,
        """
        [Network]
        public sealed partial class Net
        {
            private const int Depth = 3;
            [Conv2D(8, 3, Padding = 1), BatchNorm, Relu] private partial Tensor Stem(Tensor x);
            [Use<Part>] private partial Tensor Body(Tensor x);
            private Tensor Forward([Shape(3, 8, 8)] Tensor image)
            {
                Tensor x = Stem(image);
                for (int i = 0; i < Depth; i++) { if (i % 2 == 0) x = Body(x); else { x += Silu(x); } }
                return Softmax(Flatten(MaxPool2D(x, size: 2)), axis: 0);
            }
        }
        [Block]
        partial class Part
        {
            [Conv2D(Kernel = 1)] private partial Tensor Mix(Tensor x);
            Tensor Forward(Tensor x) => x + Mix(x) / 2;
        }
        """,
        """
        [Network]
        public sealed partial class Net
        {
            private (Tensor, Tensor) Forward([Shape(4, 4)] Tensor x, [Shape(4, 4)] Tensor y)
            {
                (Tensor a, var b) = (MatMul(x, y), Transpose(y, 1, 0));
                (a, b) = Swap((a, b));
                return (Swish(a), Max(b, 0) - Reshape(Abs(b), 4, -1));
            }
            private static (Tensor, Tensor) Swap((Tensor A, Tensor B) pair) => (pair.B, pair.A);
            private static Tensor Swish(Tensor x, float beta = 1) => x * Sigmoid(beta * x);
        }
        """,
        """
        [Network, Residual]
        public sealed partial class Net
        {
            [Dense] private partial Tensor A(Tensor x);
            private Tensor Forward([Shape(8)] Tensor x)
            {
                Tensor[] list = [x, Relu(x)];
                float scale = 1;
                for (int i = 0; i < list.Length; i++) { scale *= 0.5f; }
                bool twice = scale < 1 && list.Length == 2;
                return twice ? A(A(list[1])) * scale : -list[0];
            }
        }
        """,
        """
        [Network]
        public sealed partial class Net
        {
            private Tensor Forward([Shape(2, 6, 6)] Tensor x)
            {
                var y = Upsample2D(AveragePool2D(x, 2, stride: 2), 2);
                return LogSoftmax(Flatten(Concat(0, x, y, HardTanh(x, min: -2, max: 2), Gelu(x, true))), -1);
            }
        }
        """,
        "namespace A.B { [Network, Input(5)] [Reshape(1, 5), Transpose(1, 0), Reshape(-1), Dropout(0.5f), Elu(alpha: 2), Tanh] partial class Net { } }",
        "[Network, Input(4, 6, 6)] [GroupNorm(2), Conv2D(8, 3, Groups = 2, Stride = 2, Dilation = 2), Conv2D(Kernel = 1, Depthwise = true), Upsample2D(2), Softplus] internal partial class Net;",
        """
        [Network, Trace]
        public sealed partial class Net
        {
            Tensor Forward([Shape(4)] Tensor x) => Again(x, 3);
            Tensor Again(Tensor x, int n) => n == 0 ? x : Again(Relu(x) * MathF.Sqrt(n), n - 1);
        }
        """,
    ];
}
