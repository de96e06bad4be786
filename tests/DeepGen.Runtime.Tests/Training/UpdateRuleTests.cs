using DeepGen.Runtime;

namespace DeepGen.Tests;

/// <summary>Every rule gives on every kind of lanes the bits of scalar arithmetic, for any length, denormals and NaN included.</summary>
public abstract class UpdateRuleTests<T>
    where T : struct, ILanes<T>
{
    private const int Lengths = 40;

    [LanesFact]
    public void Descent_has_the_scalar_bits()
    {
        Same(new Sgd.Plain(-0.1f, 0.01f));
        Same(new Sgd.WithMomentum(-0.1f, 0.01f, 0.9f, 0.8f, 0.9f, false));
        Same(new Sgd.WithMomentum(-0.1f, 0, 0.9f, 1, 0.9f, true));
        Same(new Lion.Rule(0.9f, 0.1f, 0.99f, 0.01f, 0.999f, -0.01f));
    }

    [LanesFact]
    public void Adaptive_rates_have_the_scalar_bits()
    {
        var constants = new AdamStep.Constants(0.01f, 0.99f, 0.1f, 0.999f, 0.001f, 3, 1e-8f, -0.01f);
        Same(new AdamStep.Means(constants));
        Same(new AdamStep.Greatest(constants));
        Same(new RmsProp.Rule(0.01f, 0.9f, 0.1f, 1e-8f, 0, -0.01f, false, false));
        Same(new RmsProp.Rule(0.01f, 0.9f, 0.1f, 1e-8f, 0, -0.01f, false, true));
        Same(new RmsProp.Rule(0, 0.9f, 0.1f, 1e-8f, 0.9f, -0.01f, true, false));
        Same(new RmsProp.Rule(0, 0.9f, 0.1f, 1e-8f, 0.9f, -0.01f, true, true));
        Same(new Adagrad.Rule(0.01f, 1e-10f, -0.01f));
    }

    [LanesFact]
    public void Averages_and_directions_have_the_scalar_bits()
    {
        Same(new WeightAverage.Rule(0.01f));
        Same(new FlatAlgebra.Combine(-0.7f, true));
        Same(new FlatAlgebra.Combine(-0.7f, false));
        Same(new FlatAlgebra.Along(0.3f));
    }

    [LanesFact]
    public void Sums_have_the_scalar_bits()
    {
        var random = new Random(3);
        foreach (int length in new[] { 0, 1, 15, 16, 17, 63, 64, 65, 200, 4096 })
        {
            var a = Numbers(random, length, edges: false);
            var b = Numbers(random, length, edges: false);
            Bits.Equal(
                [FlatSums.Products<LanesScalar>(ref a[0], ref b[0], length), FlatSums.Absolutes<LanesScalar>(ref a[0], length), FlatSums.GreatestOf<LanesScalar>(ref a[0], length)],
                [FlatSums.Products<T>(ref a[0], ref b[0], length), FlatSums.Absolutes<T>(ref a[0], length), FlatSums.GreatestOf<T>(ref a[0], length)]);
            Assert.Equal(a.Take(length).Select(MathF.Abs).DefaultIfEmpty().Max(), FlatSums.GreatestOf<T>(ref a[0], length));
        }
    }

    private static void Same<TRule>(TRule rule)
        where TRule : struct, IUpdateRule
    {
        var random = new Random(7);
        for (int length = 1; length < Lengths; length++)
        {
            float[][] before = [.. Enumerable.Range(0, 5).Select(i => Numbers(random, length, edges: true))];
            var expected = Apply<TRule, LanesScalar>(rule, before, length);
            var actual = Apply<TRule, T>(rule, before, length);
            for (int i = 0; i < before.Length; i++)
            {
                Bits.Equal(expected[i], actual[i]);
                Bits.Equal(before[i].AsSpan(length), actual[i].AsSpan(length));
            }
        }
    }

    private static float[][] Apply<TRule, TLanes>(TRule rule, float[][] before, int length)
        where TRule : struct, IUpdateRule
        where TLanes : struct, ILanes<TLanes>
    {
        float[][] x = Array.ConvertAll(before, b => b.ToArray());
        UpdatePass<TRule>.Apply<TLanes>(rule, ref x[0][0], ref x[1][0], ref x[2][0], ref x[3][0], ref x[4][0], length, 0.7f, 1.5f);
        return x;
    }

    /// <summary>One vector more than asked for, which must stay as it is.</summary>
    private static float[] Numbers(Random random, int length, bool edges) => [.. Enumerable.Range(0, length + TestValues.Lanes).Select(_ => random.Next(edges ? 4 : 1) switch
    {
        1 => TestValues.Edges[random.Next(TestValues.Edges.Length)],
        2 => 1e-38f * random.NextSingle(),
        _ => (2 * random.NextSingle()) - 1,
    })];
}

public sealed class UpdateRule512Tests : UpdateRuleTests<Lanes512>;

public sealed class UpdateRule256Tests : UpdateRuleTests<Lanes256>;

public sealed class UpdateRuleNeonTests : UpdateRuleTests<LanesNeon>;
