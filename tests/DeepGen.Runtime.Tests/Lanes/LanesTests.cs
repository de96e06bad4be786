using DeepGen.Runtime;

namespace DeepGen.Tests;

/// <summary>Every operation is the scalar operation, lane by lane and bit by bit.</summary>
public abstract class LanesTests<T>
    where T : struct, ILanes<T>
{
    protected virtual bool FusesMultiplyAdd => true;

    [LanesFact]
    public void Addition() => Binary((a, b) => a + b, (a, b) => a + b);

    [LanesFact]
    public void Subtraction() => Binary((a, b) => a - b, (a, b) => a - b);

    [LanesFact]
    public void Multiplication() => Binary((a, b) => a * b, (a, b) => a * b);

    [LanesFact]
    public void Division() => Binary((a, b) => a / b, (a, b) => a / b);

    [LanesFact]
    public void Negation_turns_the_sign_of_zeros_too() => Unary(a => -a, a => Bits.Float(Bits.Of(a) ^ int.MinValue));

    [LanesFact]
    public void Fma_rounds_once() => Ternary(
        (a, b, c) => T.Fma(a, b, c), (a, b, c) => FusesMultiplyAdd ? MathF.FusedMultiplyAdd(a, b, c) : (a * b) + c);

    [LanesFact]
    public void A_product_is_added_as_fma_adds_it() => Ternary(
        (a, b, c) =>
        {
            T.AddProduct(ref c, a, b);
            return c;
        },
        (a, b, c) => FusesMultiplyAdd ? MathF.FusedMultiplyAdd(a, b, c) : (a * b) + c);

    [LanesFact]
    public void A_product_by_a_value_in_memory_is_one_by_its_broadcast()
    {
        float[] values = [float.NaN, -1.5f, 0.3333333f, 1e30f];
        T b = T.Broadcast(1.1f);
        for (int i = 0; i < values.Length; i++)
        {
            T expected = T.Broadcast(-0.7f), actual = expected;
            T.AddProduct(ref expected, T.Broadcast(values[i]), b);
            T.AddProduct(ref actual, ref values[i], b);
            Assert.Equal(Values(expected), Values(actual));
        }
    }

    [LanesFact]
    public void A_product_by_a_vector_in_memory_is_one_by_what_is_loaded()
    {
        float[] values = [.. Enumerable.Range(0, 40).Select(i => i == 20 ? float.NaN : (float)Math.Sin(i) * 1e3f)];
        T a = T.Broadcast(1.1f);
        for (int offset = 0; offset <= values.Length - 16; offset++)
        {
            T expected = T.Broadcast(-0.7f), actual = expected;
            T.AddProduct(ref expected, a, T.Load(ref values[0], offset));
            T.AddProduct(ref actual, a, ref values[0], offset);
            Assert.Equal(Values(expected), Values(actual));
        }
    }

    [LanesFact]
    public void Max_gives_the_second_where_the_first_is_not_greater() => Binary(T.Max, (a, b) => a > b ? a : b);

    [LanesFact]
    public void Min_gives_the_second_where_the_first_is_not_less() => Binary(T.Min, (a, b) => a < b ? a : b);

    [LanesFact]
    public void Abs() => Unary(T.Abs, a => Bits.Float(Bits.Of(a) & int.MaxValue));

    [LanesFact]
    public void Sqrt() => Unary(T.Sqrt, MathF.Sqrt);

    [LanesFact]
    public void Less_than_is_a_mask() => Masks(T.LessThan, (a, b) => a < b);

    [LanesFact]
    public void Less_or_equal_is_a_mask() => Masks(T.LessOrEqual, (a, b) => a <= b);

    [LanesFact]
    public void Equal_is_a_mask() => Masks(T.Equal, (a, b) => a == b);

    [LanesFact]
    public void Select_takes_the_first_where_the_mask_is_set() =>
        Ternary((a, b, c) => T.Select(T.LessThan(a, b), b, c), (a, b, c) => a < b ? b : c);

    [LanesFact]
    public void Bits_combine() => Exact(
        (a, b) => T.Or(T.And(a, b), T.BroadcastBits(5)), (a, b) => (a & b) | 5);

    [LanesFact]
    public void Bits_add_and_subtract_with_wrapping()
    {
        Exact(T.AddBits, (a, b) => unchecked(a + b));
        Exact(T.SubtractBits, (a, b) => unchecked(a - b));
    }

    [LanesFact]
    public void Bits_shift()
    {
        Exact((a, _) => T.ShiftBitsUp(a, 23), (a, _) => a << 23);
        Exact((a, _) => T.ShiftBitsDown(a, 23), (a, _) => a >> 23);
    }

    [LanesFact]
    public void Bits_convert_as_integers() => Exact((a, _) => T.ConvertBits(a), (a, _) => Bits.Of((float)a));

    [LanesFact]
    public void The_sum_is_taken_by_halves() => Reduction(T.SumLanes, (a, b) => a + b);

    [LanesFact]
    public void The_greatest_is_taken_by_halves() => Reduction(T.MaxLanes, (a, b) => a > b ? a : b);

    [LanesFact]
    public void A_broadcast_fills_all_lanes()
    {
        Bits.Equal(Enumerable.Repeat(-0f, TestValues.Lanes).ToArray(), Values(T.Broadcast(-0f)));
        Bits.Equal(new float[TestValues.Lanes], Values(T.Zero));
    }

    [LanesFact]
    public void The_first_lanes_are_set_for_any_count()
    {
        for (int count = -1; count <= TestValues.Lanes + 1; count++)
        {
            var expected = Enumerable.Range(0, TestValues.Lanes).Select(i => i < count ? -1 : 0);
            Assert.Equal(expected, Values(T.FirstLanes(count)).Select(Bits.Of));
        }
    }

    private static float[] Values(T lanes)
    {
        var values = new float[TestValues.Lanes];
        T.Store(lanes, ref values[0], 0);
        return values;
    }

    private static T Load(float[] values) => T.Load(ref values[0], 0);

    private static void Ternary(Func<T, T, T, T> operation, Func<float, float, float, float> meaning)
    {
        foreach (var (a, b, c) in TestValues.Triples())
        {
            var expected = Enumerable.Range(0, TestValues.Lanes).Select(i => meaning(a[i], b[i], c[i])).ToArray();
            Bits.Equal(expected, Values(operation(Load(a), Load(b), Load(c))));
        }
    }

    private static void Binary(Func<T, T, T> operation, Func<float, float, float> meaning) =>
        Ternary((a, b, _) => operation(a, b), (a, b, _) => meaning(a, b));

    private static void Unary(Func<T, T> operation, Func<float, float> meaning) =>
        Ternary((a, _, _) => operation(a), (a, _, _) => meaning(a));

    private static void Masks(Func<T, T, T> operation, Func<float, float, bool> meaning)
    {
        foreach (var (a, b, _) in TestValues.Triples())
        {
            Assert.Equal(a.Select((x, i) => meaning(x, b[i]) ? -1 : 0), Values(operation(Load(a), Load(b))).Select(Bits.Of));
        }
    }

    private static void Exact(Func<T, T, T> operation, Func<int, int, int> meaning)
    {
        foreach (var (a, b, _) in TestValues.Triples())
        {
            Assert.Equal(a.Select((x, i) => meaning(Bits.Of(x), Bits.Of(b[i]))), Values(operation(Load(a), Load(b))).Select(Bits.Of));
        }
    }

    private static void Reduction(Func<T, float> operation, Func<float, float, float> step)
    {
        foreach (var (values, _, _) in TestValues.Triples())
        {
            var tree = values;
            for (int half = TestValues.Lanes / 2; half > 0; half /= 2)
            {
                tree = [.. tree[..half].Select((x, i) => step(x, tree[i + half]))];
            }

            Bits.Equal(tree, [operation(Load(values))]);
        }
    }
}

public sealed class Lanes512Tests : LanesTests<Lanes512>;

public sealed class Lanes256Tests : LanesTests<Lanes256>;

public sealed class LanesNeonTests : LanesTests<LanesNeon>;

public sealed class LanesScalarTests : LanesTests<LanesScalar>;

public sealed class Lanes128Tests : LanesTests<Lanes128>
{
    protected override bool FusesMultiplyAdd => false;
}
