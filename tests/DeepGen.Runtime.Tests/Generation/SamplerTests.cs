namespace DeepGen.Tests;

/// <summary>Which tokens are chosen, and how often, against plain arithmetic.</summary>
public class SamplerTests
{
    private const int Draws = 20000;

    private static readonly float[] s_logits = [1f, -2f, 0.5f, 3f, 3f, float.NegativeInfinity, 0f, 2.5f, -0.25f, 1.75f];

    [Fact]
    public void Greedy_takes_the_first_of_the_greatest() => Assert.Equal(3, new Sampler(10, GenerationOptions.Greedy).Next(s_logits));

    public static TheoryData<float, int, float> Settings => new()
    {
        { 1f, 0, 1f },
        { 0.5f, 0, 1f },
        { 2.5f, 0, 1f },
        { 1f, 4, 1f },
        { 1f, 1, 1f },
        { 1f, 100, 1f },
        { 1f, 0, 0.7f },
        { 1f, 0, 0.05f },
        { 1.5f, 6, 0.8f },
        { 0.8f, 3, 0.99f },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Tokens_come_as_often_as_the_probabilities_say(float temperature, int topK, float topP)
    {
        double[] expected = Probabilities(s_logits, temperature, topK, topP);
        foreach (ulong seed in (ulong[])[1, 2, 3])
        {
            var sampler = new Sampler(10, new() { Temperature = temperature, TopK = topK, TopP = topP, Seed = seed });
            var counts = new int[10];
            for (int i = 0; i < Draws; i++)
            {
                counts[sampler.Next(s_logits)]++;
            }

            IsLikely(expected, counts);
        }
    }

    [Fact]
    public void Large_vocabularies_are_cut_in_the_same_places_as_by_sorting()
    {
        var random = new Random(5);
        for (int round = 0; round < 60; round++)
        {
            int size = random.Next(2, 3000);
            float[] logits = [.. Enumerable.Range(0, size).Select(_ => round % 3 == 0 ? random.Next(4) : (float)(random.NextDouble() * 8))];
            var options = new GenerationOptions { TopK = random.Next(size + 2), TopP = round % 2 == 0 ? 1 : 0.05f + (0.9f * random.NextSingle()), Seed = (ulong)round };
            double[] expected = Probabilities(logits, 1, options.TopK, options.TopP);
            var sampler = new Sampler(size, options);
            var drawn = Enumerable.Range(0, 500).Select(_ => sampler.Next(logits)).ToHashSet();
            Assert.All(drawn, token => Assert.True(expected[token] > 0, $"round {round}: token {token} should not be considered"));
            Assert.All(Enumerable.Range(0, size).Where(t => expected[t] > 0.04), token => Assert.Contains(token, drawn));
        }
    }

    [Fact]
    public void Extreme_temperatures_neither_overflow_nor_divide_by_zero()
    {
        Assert.InRange(new Sampler(2, new() { Temperature = float.Epsilon }).Next([1e38f, -1e38f]), 0, 0);
        var flat = new Sampler(4, new() { Temperature = float.MaxValue });
        var counts = new int[4];
        for (int i = 0; i < Draws; i++)
        {
            counts[flat.Next([5, 1, -5, 0])]++;
        }

        IsLikely([0.25, 0.25, 0.25, 0.25], counts);
    }

    [Fact]
    public void What_was_seen_becomes_less_likely_once()
    {
        var sampler = new Sampler(3, GenerationOptions.Greedy with { RepetitionPenalty = 2 });
        sampler.Observe([0, 0, 0]);
        Assert.Equal(0, sampler.Next([3.1f, 1.5f, 0]));
        Assert.Equal(1, sampler.Next([2.9f, 1.5f, 0]));
        Assert.Equal(1, sampler.Next([-1f, -0.9f, -2.1f]));
        Assert.Equal(2, sampler.Next([-1f, -0.9f, -1.7f]));
    }

    [Fact]
    public void Equal_seeds_draw_equal_tokens_and_others_do_not()
    {
        int[] Draw(ulong seed)
        {
            var sampler = new Sampler(10, new() { Seed = seed });
            return [.. Enumerable.Range(0, 50).Select(_ => sampler.Next(s_logits))];
        }

        Assert.Equal(Draw(7), Draw(7));
        Assert.NotEqual(Draw(7), Draw(8));
    }

    [Fact]
    public void Choosing_makes_no_garbage()
    {
        var random = new Random(2);
        float[] logits = [.. Enumerable.Range(0, 5000).Select(_ => (float)random.NextDouble())];
        foreach (var options in (GenerationOptions[])[GenerationOptions.Greedy, new(), new() { TopK = 40, TopP = 0.9f, RepetitionPenalty = 1.1f }])
        {
            var sampler = new Sampler(5000, options);
            Garbage.IsNotMadeBy(() => sampler.Next(logits));
        }
    }

    [Theory]
    [InlineData(float.NaN, "the logit of token 1 is NaN")]
    [InlineData(float.PositiveInfinity, "the logit of token 1 is infinite")]
    public void Logits_without_an_order_are_refused(float logit, string message)
    {
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new Sampler(3, new()).Next([0, logit, 1])).Message);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new Sampler(3, GenerationOptions.Greedy).Next([0, logit, 1])).Message);
    }

    [Fact]
    public void Other_nonsense_is_refused()
    {
        var sampler = new Sampler(3, new());
        Assert.Contains("there are 2 logits for 3 tokens", Assert.Throws<ArgumentException>(() => sampler.Next([1, 2])).Message);
        float none = float.NegativeInfinity;
        Assert.Contains("all tokens are minus infinity", Assert.Throws<ArgumentException>(() => sampler.Next([none, none, none])).Message);
        Assert.Contains("token 3 is none of the 3", Assert.Throws<ArgumentException>(() => sampler.Observe([3])).Message);
        Assert.Contains("token -1 is none of the 3", Assert.Throws<ArgumentException>(() => sampler.Observe([-1])).Message);
    }

    /// <summary>In Hugging Face's order: temperature, the k likeliest, and of those the likeliest whose probabilities reach p.</summary>
    private static double[] Probabilities(float[] logits, float temperature, int topK, float topP)
    {
        var order = Enumerable.Range(0, logits.Length).OrderByDescending(t => logits[t]).ThenBy(t => t).ToList();
        var kept = topK > 0 ? order.Take(topK).ToList() : order;
        double[] Normal(IEnumerable<int> tokens)
        {
            var weights = new double[logits.Length];
            foreach (int t in tokens)
            {
                weights[t] = Math.Exp((logits[t] - logits[order[0]]) / (double)temperature);
            }

            double sum = weights.Sum();
            return [.. weights.Select(w => w / sum)];
        }

        var all = Normal(kept);
        double reached = 0;
        return Normal(kept.TakeWhile(t =>
        {
            // The compiled exponential may differ in the last place: a token at the very edge may fall on either side.
            bool before = reached < topP - 1e-7;
            reached += all[t];
            return before;
        }).ToList());
    }

    /// <summary>Pearson's χ² below its 99.99 % quantile, by Wilson and Hilferty's approximation; the seeds are fixed.</summary>
    private static void IsLikely(double[] expected, int[] counts)
    {
        int total = counts.Sum();
        Assert.All(expected.Zip(counts), pair => Assert.True(pair.First > 0 || pair.Second == 0, "an impossible token was drawn"));
        var cells = expected.Zip(counts).Where(c => c.First > 0).ToList();
        double chi = cells.Sum(c => Math.Pow(c.Second - (total * c.First), 2) / (total * c.First));
        int freedom = cells.Count - 1;
        double limit = freedom == 0 ? 1e-9 : freedom * Math.Pow(1 - (2.0 / (9 * freedom)) + (3.72 * Math.Sqrt(2.0 / (9 * freedom))), 3);
        Assert.InRange(chi, 0, limit);
    }
}
