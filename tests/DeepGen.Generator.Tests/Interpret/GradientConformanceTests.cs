using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Tests.Ops;

namespace DeepGen.Generator.Tests.Interpret;

/// <summary>What every gradient rule owes, one test a property, run over the table of samples.</summary>
public sealed class GradientConformanceTests
{
    private static readonly Dictionary<string, int> _sizes = new() { ["B"] = 3 };

    public static TheoryData<int, string> Samples => ConformanceTests.Differentiable();

    [Fact]
    public void Every_primitive_has_a_gradient_rule()
    {
        var without = Primitives.All.Where(t => !typeof(IGradientRule).IsAssignableFrom(t));
        Assert.Equal(["Adjacency", "Constant", "Input", "Item", "Parameter", "Remember", "RememberAll", "Repeat", "RowAt"], without.Select(t => t.Name).Order());
        Assert.All(OpSamples.All.Where(ConformanceTests.HasGradient), s => Assert.Empty(Backward.MissingRules(s.Build())));
    }

    [Theory, MemberData(nameof(Samples))]
    public void Pulled_cotangents_agree_with_central_differences(int sample, string title)
    {
        if (IsSmooth(OpSamples.All[sample]))
        {
            string? deviation = Trial(sample).Deviation();
            Assert.True(deviation is null, $"{title}: {deviation}");
        }
    }

    [Theory, MemberData(nameof(Samples))]
    public void Pulling_is_the_transpose_of_pushing(int sample, string title)
    {
        (double pulled, double pushed, double size) = Trial(sample).Products();
        Assert.True(Math.Abs(pulled - pushed) <= 1e-10 * size, $"{title}: {pulled} and {pushed}");
    }

    [Theory, MemberData(nameof(Samples))]
    public void An_operand_that_carries_no_derivative_has_none(int sample, string title)
    {
        OpSample s = OpSamples.All[sample];
        if (s.Op is not IGradientRule rule)
        {
            return;
        }

        DenseTensor[] pulled = Trial(sample).Pulled();
        int variable = 0;
        for (int i = 0; i < s.Operands.Length; i++)
        {
            if (!s.Operands[i].IsGiven)
            {
                bool isZero = pulled[variable++].Values.All(v => v == 0);
                Assert.True(isZero || rule.Carries(i), $"{title}, operand {i}");
            }
        }
    }

    [Theory, MemberData(nameof(Samples))]
    public void Gradients_of_gradients_agree_with_central_differences(int sample, string title)
    {
        if (IsSmooth(OpSamples.All[sample]))
        {
            OpSample s = OpSamples.All[sample];
            var trial = new GradientTrial(GradientTrial.PullGraph(s.Build()), (n, random) => Draw(s, n, random), sample);
            string? deviation = trial.Deviation(tolerance: 1e-5, most: 40);
            Assert.True(deviation is null, $"{title}: {deviation}");
        }
    }

    [Theory, MemberData(nameof(ConformanceTests.DifferentiableBounds), MemberType = typeof(ConformanceTests))]
    public void Bounds_have_derivatives(int sample, string title)
    {
        Graph bounds = Interval.Run(OpSamples.All[sample].Build());
        Assert.True(GradientTrial.PullGraph(bounds).Outputs.Length == bounds.Inputs.Count(i => i.Type.Element == ElementType.Float32), title);
    }

    private static GradientTrial Trial(int sample)
    {
        OpSample s = OpSamples.All[sample];
        return new GradientTrial(s.Build(), (n, random) => Draw(s, n, random), sample);
    }

    private static DenseTensor Draw(OpSample s, Node leaf, Random random)
    {
        // Cotangents are inputs beyond the operands.
        int index = ((Input)leaf.Op).Index;
        OperandSample operand = index < s.Operands.Length ? s.Operands[index] : new OperandSample(leaf.Type, -1, 1);
        return operand.Draw(random, _sizes);
    }

    /// <summary>Differences say nothing about a number taken for a constant, about noise, steps that stand for rounding, or numbers that stand for places or pairs.</summary>
    private static bool IsSmooth(OpSample s) => s.Op is not (Detach or Narrow or Noise or Outward or Pair or PlaceWinners);
}
