using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using static DeepGen.Generator.Tests.Ops.Evaluation;

namespace DeepGen.Generator.Tests.Ops;

/// <summary>Loops built by hand, against the same loop written in C#.</summary>
public sealed class RepeatTests
{
    private static readonly TensorType _number = TensorType.Float(1);

    [Fact]
    public void A_carried_value_goes_through_the_body_count_times()
    {
        var body = new GraphBuilder();
        Node x = body.Add(new Input(0, "x", _number));
        var repeat = new Repeat(body.Build([new("x", body.Add(new Add(), x, x))]), 10, 1, 0, 0);
        Is(Of(repeat, Tensor([1], 3)), [1], 3 * 1024);
    }

    [Fact]
    public void Two_carried_values_change_places_at_once()
    {
        var body = new GraphBuilder();
        Node a = body.Add(new Input(0, "a", _number)), b = body.Add(new Input(1, "b", _number));
        var repeat = new Repeat(body.Build([new("a", b), new("b", body.Add(new Add(), a, b))]), 10, 2, 0, 0);
        var results = repeat.Evaluate([Tensor([1], 0), Tensor([1], 1)]);
        Assert.Equal((55, 89), (results[0].Values[0], results[1].Values[0]));
    }

    [Fact]
    public void Sliced_operands_give_each_iteration_its_own_row_and_shared_ones_the_same()
    {
        // x' = x · sᵢ + shared: Horner's rule.
        var body = new GraphBuilder();
        Node x = body.Add(new Input(0, "x", _number)), s = body.Add(new Input(1, "s", _number)), shared = body.Add(new Input(2, "c", _number));
        Node next = body.Add(new Add(), body.Add(new Multiply(), x, s), shared);
        var repeat = new Repeat(body.Build([new("x", next)]), 3, 1, 1, 0);
        Is(Of(repeat, Tensor([1], 1), Tensor([3, 1], 2, 3, 5), Tensor([1], 7)), [1], (((((1 * 2) + 7) * 3) + 7) * 5) + 7);
    }

    [Fact]
    public void Collected_values_are_stacked_in_the_order_of_iterations()
    {
        // Running sums, and each summand's square.
        var body = new GraphBuilder();
        Node sum = body.Add(new Input(0, "sum", _number)), s = body.Add(new Input(1, "s", _number));
        Node next = body.Add(new Add(), sum, s);
        var repeat = new Repeat(body.Build([new("sum", next), new("sums", next), new("squares", body.Add(new Multiply(), s, s))]), 4, 1, 1, 2);
        var results = repeat.Evaluate([Tensor([1], 0), Tensor([4, 1], 1, 2, 3, 4)]);
        Is(results[0], [1], 10);
        Is(results[1], [4, 1], 1, 3, 6, 10);
        Is(results[2], [4, 1], 1, 4, 9, 16);
    }

    [Fact]
    public void A_loop_in_a_loop_slices_twice()
    {
        // acc += s[i, j] over both axes; the inner loop is a body's node like any other.
        var inner = new GraphBuilder();
        Node a = inner.Add(new Input(0, "acc", _number)), s = inner.Add(new Input(1, "s", _number));
        var innerRepeat = new Repeat(inner.Build([new("acc", inner.Add(new Add(), inner.Add(new Add(), a, a), s))]), 3, 1, 1, 0);
        var outer = new GraphBuilder();
        Node acc = outer.Add(new Input(0, "acc", _number)), rows = outer.Add(new Input(1, "rows", TensorType.Float(3, 1)));
        Node loop = outer.Add(innerRepeat, acc, rows);
        var repeat = new Repeat(outer.Build([new("acc", outer.Add(new Item(0), loop))]), 2, 1, 1, 0);
        double expected = 0;
        for (int i = 0; i < 6; i++)
        {
            expected = expected + expected + i;
        }

        Is(Of(repeat, Tensor([1], 0), Count(2, 3, 1)), [1], expected);
    }

    [Fact]
    public void A_loop_carries_the_batch_along()
    {
        OpSample recurrent = OpSamples.All.Single(s => s.Title == "repeat, recurrent");
        var random = new Random(5);
        var sizes = new Dictionary<string, int> { ["B"] = 7 };
        DenseTensor[] operands = [.. recurrent.Operands.Select(o => o.Draw(random, sizes))];
        DenseTensor[] results = ReferenceEvaluator.Evaluate(recurrent.Build(), 7, operands, _ => throw new InvalidOperationException());
        (double[] x, double[] w, double[] u) = (operands[1].Values, operands[2].Values, operands[3].Values);
        double[] h = [.. operands[0].Values];
        for (int step = 0; step < 5; step++)
        {
            double[] next = new double[h.Length];
            for (int i = 0; i < h.Length; i++)
            {
                (int sample, int unit) = (i / 4, i % 4);
                double sum = Enumerable.Range(0, 3).Sum(k => x[(((step * 7) + sample) * 3) + k] * w[(k * 4) + unit]);
                next[i] = Math.Tanh(sum + Enumerable.Range(0, 4).Sum(k => h[(sample * 4) + k] * u[(k * 4) + unit]));
            }

            h = next;
            Assert.All(h.Zip(results[1].Values.Skip(step * h.Length)), p => Assert.Equal(p.First, p.Second, 1e-12));
        }

        Assert.All(h.Zip(results[0].Values), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    [Fact]
    public void A_body_that_returns_another_type_than_it_carries_is_refused()
    {
        var body = new GraphBuilder();
        Node x = body.Add(new Input(0, "x", TensorType.Float(2)));
        var repeat = new Repeat(body.Build([new("x", body.Add(new Reduce(Reduction.Sum, OpSamples.A(0)), x))]), 2, 1, 0, 0);
        Assert.Contains("carries f32[2] but its body returns f32[]", Refuses(repeat, Shape.Of(2)).Message);
    }

    [Fact]
    public void A_body_reads_no_parameter_by_itself()
    {
        var body = new GraphBuilder();
        Node x = body.Add(new Input(0, "x", _number));
        var repeat = new Repeat(body.Build([new("x", body.Add(new Add(), x, body.Add(new Parameter("p", Shape.Of(1)))))]), 2, 1, 0, 0);
        Assert.Contains("reads a parameter", Refuses(repeat, Shape.Of(1)).Message);
    }
}
