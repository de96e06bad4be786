namespace DeepGen.Generator.Tests.Declarations;

public sealed class ForwardTests
{
    [Fact]
    public void Locals_loops_and_tuples_become_steps() => Reads(
        """
        [Dense(64)] private partial Tensor Encode(Tensor x);
        [Dense(1)] private partial Tensor Score(Tensor x);

        private (Tensor Score, Tensor Code) Forward([Shape(100)] Tensor left, [Shape(100)] Tensor right)
        {
            var a = Relu(Encode(left));
            var b = Relu(Encode(right));
            for (int i = 0; i < 2; i++) a = a + 0.5f * b;
            return (Score(Concat(a, b)), a);
        }
        """,
        """
        encode: Dense(Units=64)
        score: Dense(Units=1)
        %0 = input left [100]
        %1 = input right [100]
        %2 = encode(%0)
        %3 a = Relu(%2)
        %4 = encode(%1)
        %5 b = Relu(%4)
        %6 = 0.5
        %7 = Multiply(%6, %5)
        %8 a = Add(%3, %7)
        %9 = 0.5
        %10 = Multiply(%9, %5)
        %11 a = Add(%8, %10)
        %12 = Concat(%11, %5)
        %13 = score(%12)
        -> score %13, code %11
        """);

    [Fact]
    public void A_method_with_several_layers_is_a_sequence() => Reads(
        """
        [Conv2D(8, 3), BatchNorm, Relu] private partial Tensor Stem(Tensor x);
        private Tensor Forward([Shape(3, 8, 8, Layout = Layout.Hwc)] Tensor image) => Stem(image);
        """,
        """
        stem.0: Conv2D(Channels=8, Kernel=3)
        stem.1: BatchNorm()
        stem.2: Relu()
        %0 = input image [3,8,8] hwc
        %1 = stem.0(%0)
        %2 = stem.1(%1)
        %3 = stem.2(%2)
        -> output %3
        """);

    [Fact]
    public void A_layer_method_may_give_several_tensors() => Reads(
        """
        [Dense(3), Lstm(4)] private partial (Tensor Y, Tensor H, Tensor C) Go(Tensor x);
        private (Tensor, Tensor) Forward([Shape(8, 2)] Tensor x)
        {
            var (y, h, c) = Go(x);
            return (y, Go(y).H + h * c);
        }
        """,
        """
        go.0: Dense(Units=3)
        go.1: Lstm(Units=4)
        %0 = input x [8,2]
        %1 = go.0(%0)
        %2 y = go.1(%1)
        %3 h = result 1 of %2
        %4 c = result 2 of %2
        %5 = go.0(%2)
        %6 = go.1(%5)
        %7 = result 1 of %6
        %8 = result 2 of %6
        %9 = Multiply(%3, %4)
        %10 = Add(%7, %9)
        -> output0 %2, output1 %10
        """);

    [Fact]
    public void Every_operator_has_its_name() => Computes(
        "return -(x + x) * x / (2 - x) - 1;",
        """
        %1 = Add(%0, %0)
        %2 = Negate(%1)
        %3 = Multiply(%2, %0)
        %4 = 2
        %5 = Subtract(%4, %0)
        %6 = Divide(%3, %5)
        %7 = 1
        %8 = Subtract(%6, %7)
        -> output %8
        """);

    [Fact]
    public void Compound_assignments_name_their_value() => Computes(
        "x += x; x *= 3; x /= x; x -= 1; return x;",
        """
        %1 x = Add(%0, %0)
        %2 = 3
        %3 x = Multiply(%1, %2)
        %4 x = Divide(%3, %3)
        %5 = 1
        %6 x = Subtract(%4, %5)
        -> output %6
        """);

    [Fact]
    public void Written_arguments_appear_and_defaults_do_not() => Computes(
        "const int Axis = -1; return Softmax(Reshape(HardTanh(LeakyRelu(x), max: 2), 2, 2), axis: Axis);",
        """
        %1 = LeakyRelu(%0)
        %2 = HardTanh(%1; Max=2)
        %3 = Reshape(%2; Shape=2/2)
        %4 = Softmax(%3; Axis=-1)
        -> output %4
        """);

    [Fact]
    public void Max_and_Min_take_numbers_as_operands() => Computes(
        "return Max(Min(x, 6), 0);",
        """
        %1 = 6
        %2 = Minimum(%0, %1)
        %3 = 0
        %4 = Maximum(%2, %3)
        -> output %4
        """);

    [Fact]
    public void Numbers_are_computed_as_C_sharp_does() => Computes(
        """
        int n = 7 / 2; long m = n; double d = 1.0; bool odd = (n & 1) == 1;
        n += 2; m <<= n; d /= 3; --n;
        float third = (float)d;
        float root = MathF.Sqrt(n) * (odd && !(n > 100) ? third : 0);
        return x * root * m * (n % 3 == 1 ? 10 : 20) * Math.Max(n, 2);
        """,
        """
        %1 = 0.6666666865348816
        %2 = Multiply(%0, %1)
        %3 = 96
        %4 = Multiply(%2, %3)
        %5 = 10
        %6 = Multiply(%4, %5)
        %7 = 4
        %8 = Multiply(%6, %7)
        -> output %8
        """);

    [Fact]
    public void Branches_and_loops_on_constants_are_taken() => Computes(
        """
        for (int i = 0, j = 10; i < j; i++, j--)
        {
            if (i == 1) continue;
            if (i > 2) break;
            else if (i == 2) x = Tanh(x);
            else x = Relu(x);
        }
        return x;
        """,
        """
        %1 x = Relu(%0)
        %2 x = Tanh(%1)
        -> output %2
        """);

    [Fact]
    public void Tuples_are_built_taken_apart_and_read() => Computes(
        """
        var pair = (Left: Relu(x), Tanh(x));
        (var a, Tensor b) = pair;
        (a, b) = (b, a);
        var (_, c) = Swap((a, b));
        return Concat(0, a, b, c, pair.Left, pair.Item2);
        """,
        """
        %1 = Relu(%0)
        %2 = Tanh(%0)
        %3 = Concat(%2, %1, %2, %1, %2; Axis=0)
        -> output %3
        """,
        "private static (Tensor, Tensor) Swap((Tensor A, Tensor B) pair) => (pair.B, pair.A);");

    [Fact]
    public void Helpers_are_evaluated_static_or_not_recursive_or_not() => Computes(
        "return Again(Swish(x, 1), 2);",
        """
        %1 = 1
        %2 = Multiply(%0, %1)
        %3 = Sigmoid(%2)
        %4 = Multiply(%0, %3)
        %5 = Relu(%4)
        %6 = Relu(%5)
        -> output %6
        """,
        """
        private static Tensor Swish(Tensor x, float beta = 2) => x * Sigmoid(x * beta);
        private Tensor Again(Tensor x, int times) => times == 0 ? x : Again(Relu(x), times - 1);
        """);

    [Fact]
    public void Arrays_of_tensors_can_be_joined_and_read() => Computes(
        """
        Tensor[] list = { x, Relu(x) };
        Tensor[] other = [x, list[1]];
        return Concat(list) + Concat([x, other[other.Length - 1]]);
        """,
        """
        %1 = Relu(%0)
        %2 = Concat(%0, %1)
        %3 = Concat(%0, %1)
        %4 = Add(%2, %3)
        -> output %4
        """);

    [Fact]
    public void An_output_named_like_an_input_gets_a_suffix() => Reads(
        "(Tensor X, Tensor) Forward([Shape(4)] Tensor x) => (Relu(x), Tanh(x));",
        """
        %0 = input x [4]
        %1 = Relu(%0)
        %2 = Tanh(%0)
        -> xOutput %1, output1 %2
        """);

    [Fact]
    public void A_residual_block_with_Forward_adds_its_input() => Assert.Equal(
        """
        body: Dense()
        %0 = input x
        %1 = body(%0)
        %2 = Relu(%1)
        %3 = Residual(%2, %0)
        -> output %3
        """,
        SpecText.Of(new UserProgram("""
            [Block, Residual]
            public sealed partial class Part
            {
                [Dense] private partial Tensor Body(Tensor x);
                Tensor Forward(Tensor x) => Relu(Body(x));
            }

            [Network, Input(4), Use<Part>]
            public sealed partial class Net;
            """).Spec("Net").Module.Members[0].Layer.Block!));

    private static void Computes(string body, string expected, string members = "") => Reads(
        $$"""
        {{members}}
        private Tensor Forward([Shape(4)] Tensor x)
        {
        {{body}}
        }
        """,
        "%0 = input x [4]\n" + expected);

    private static void Reads(string members, string expected) =>
        Assert.Equal(expected, SpecText.Of(new UserProgram($"[Network] public sealed partial class Net {{\n{members}\n}}").Spec("Net").Module));
}
