using DeepGen.Runtime;

namespace DeepGen.Tests;

/// <summary>The error of every function over all exponents of float, its edges, and its bits.</summary>
public abstract class ElementaryTests<T>
    where T : struct, ILanes<T>
{
    private const float Infinity = float.PositiveInfinity;

    /// <summary>Where multiply-add rounds twice, bits differ; and the bounds must hold all the same.</summary>
    protected virtual bool FusesMultiplyAdd => true;

    [LanesFact]
    public void Exp_is_within_its_bound() => Within(-21, Elementary.Exp, Math.Exp);

    [LanesFact]
    public void Log_is_within_its_bound() => Within(-21, Elementary.Log, Math.Log);

    [LanesFact]
    public void Tanh_is_within_its_bound() => Within(-20, Elementary.Tanh, Math.Tanh);

    [LanesFact]
    public void Sigmoid_is_within_its_bound() => Within(-20, Elementary.Sigmoid, Reference.Sigmoid);

    [LanesFact]
    public void Erf_is_within_its_bound() => Within(-20, Elementary.Erf, Reference.Erf);

    [LanesFact]
    public void Exp_ends_in_zero_and_infinity() => Maps(
        Elementary.Exp, (0, 1), (-0f, 1), (Infinity, Infinity), (-Infinity, 0), (-87, 0), (-1e30f, 0), (88.7229f, Infinity), (1e30f, Infinity), (float.NaN, float.NaN));

    [LanesFact]
    public void Log_has_its_pole_at_zero() => Maps(
        Elementary.Log, (1, 0), (0, -Infinity), (-0f, -Infinity), (Infinity, Infinity), (-1, float.NaN), (-1e-40f, float.NaN), (-Infinity, float.NaN), (float.NaN, float.NaN));

    [LanesFact]
    public void Tanh_ends_in_one_and_keeps_the_sign_of_zero() => Maps(
        Elementary.Tanh, (0, 0), (-0f, -0f), (Infinity, 1), (-Infinity, -1), (20, 1), (-1e30f, -1), (float.NaN, float.NaN));

    [LanesFact]
    public void Sigmoid_ends_in_zero_and_one() => Maps(
        Elementary.Sigmoid, (0, 0.5f), (-0f, 0.5f), (Infinity, 1), (-Infinity, 0), (30, 1), (-87, 0), (-1e30f, 0), (float.NaN, float.NaN));

    [LanesFact]
    public void Erf_ends_in_one_and_keeps_the_sign_of_zero() => Maps(
        Elementary.Erf, (0, 0), (-0f, -0f), (Infinity, 1), (-Infinity, -1), (6, 1), (-1e30f, -1), (float.NaN, float.NaN));

    [LanesFact]
    public void Exp_and_sigmoid_are_never_denormal() => OnSamples(Dense(128), (x, exp, sigmoid) =>
    {
        Assert.False(float.IsSubnormal(exp), $"e^{x:R}");
        Assert.False(float.IsSubnormal(sigmoid), $"sigmoid {x:R}");
    });

    [LanesFact]
    public void The_bits_are_those_of_scalar_arithmetic()
    {
        if (FusesMultiplyAdd)
        {
            Same(Elementary.Exp, Elementary.Exp);
            Same(Elementary.Log, Elementary.Log);
            Same(Elementary.Tanh, Elementary.Tanh);
            Same(Elementary.Sigmoid, Elementary.Sigmoid);
            Same(Elementary.Erf, Elementary.Erf);
        }
    }

    /// <summary>Sixteen at a time, equally many of every sign and exponent, NaN included.</summary>
    private static IEnumerable<float[]> Dense(int mantissas)
    {
        const int Patterns = 1 << 23;
        for (uint exponent = 0; exponent < 512; exponent++)
        {
            for (int m = 0; m < mantissas; m += TestValues.Lanes)
            {
                // A step that is odd visits low bits too; the first mantissa is 0.
                int first = m;
                yield return Array.ConvertAll([.. Enumerable.Range(0, TestValues.Lanes)], i => BitConverter.UInt32BitsToSingle(
                    (exponent << 23) | (uint)((first + i) * (long)((Patterns / mantissas) - 1) % Patterns)));
            }
        }
    }

    private static float[] Apply<TLanes>(Func<TLanes, TLanes> function, float[] x)
        where TLanes : struct, ILanes<TLanes>
    {
        var y = new float[TestValues.Lanes];
        TLanes.Store(function(TLanes.Load(ref x[0], 0)), ref y[0], 0);
        return y;
    }

    private static void Within(int exponent, Func<T, T> function, Func<double, double> meaning)
    {
        double bound = Math.ScaleB(1, exponent);
        double tiny = Math.ScaleB(1, -125);
        foreach (var x in Dense(512))
        {
            var y = Apply(function, x);
            for (int i = 0; i < x.Length; i++)
            {
                double expected = meaning(x[i]);
                bool fits = double.IsFinite((float)expected) && float.IsFinite(y[i])
                    ? Math.Abs(y[i] - expected) <= (bound * Math.Abs(expected)) + tiny
                    : y[i].Equals((float)expected);
                Assert.True(fits, $"at {x[i]:R}: {y[i]:R} instead of {expected:R}");
            }
        }
    }

    private static void OnSamples(IEnumerable<float[]> samples, Action<float, float, float> check)
    {
        foreach (var x in samples)
        {
            var exp = Apply<T>(Elementary.Exp, x);
            var sigmoid = Apply<T>(Elementary.Sigmoid, x);
            for (int i = 0; i < x.Length; i++)
            {
                check(x[i], exp[i], sigmoid[i]);
            }
        }
    }

    private static void Maps(Func<T, T> function, params (float X, float Y)[] pairs)
    {
        foreach (var (x, y) in pairs)
        {
            Bits.Equal(Enumerable.Repeat(y, TestValues.Lanes).ToArray(), Apply(function, Enumerable.Repeat(x, TestValues.Lanes).ToArray()));
        }
    }

    private static void Same(Func<T, T> function, Func<LanesScalar, LanesScalar> scalar)
    {
        foreach (var x in Dense(256))
        {
            Bits.Equal(Apply(scalar, x), Apply(function, x));
        }
    }
}

public sealed class Elementary512Tests : ElementaryTests<Lanes512>;

public sealed class Elementary256Tests : ElementaryTests<Lanes256>;

public sealed class ElementaryNeonTests : ElementaryTests<LanesNeon>;

public sealed class ElementaryScalarTests : ElementaryTests<LanesScalar>;

public sealed class Elementary128Tests : ElementaryTests<Lanes128>
{
    protected override bool FusesMultiplyAdd => false;
}
