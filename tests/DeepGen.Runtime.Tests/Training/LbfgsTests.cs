using DeepGen.Runtime;

namespace DeepGen.Tests;

/// <summary>L-BFGS in a valley of Rosenbrock's kind, where directions and line searches matter.</summary>
public class LbfgsTests
{
    private const int Size = 6;

    /// <summary>Σ (x₍ᵢ₊₁₎ - xᵢ²)² + (1 - xᵢ)², with its gradient.</summary>
    private static float Valley(ParameterSet parameters, GradientSet gradients)
    {
        var x = parameters["w"].Values;
        var g = gradients["w"];
        g.Clear();
        double sum = 0;
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double a = x[i + 1] - ((double)x[i] * x[i]), b = 1.0 - x[i];
            sum += (a * a) + (b * b);
            g[i] += (float)((-4 * a * x[i]) - (2 * b));
            g[i + 1] += (float)(2 * a);
        }

        return (float)sum;
    }

    private static ParameterSet Start()
    {
        var parameters = new ParameterSet([new("w", [Size], [], Initializer.Zeros, 0, true), new("fixed", [3], [], Initializer.Ones, 0, false)], 1);
        parameters["w"].Write([-1.2f, 1, 0.5f, -0.7f, 0.3f, 0.1f]);
        return parameters;
    }

    private static float[] Run(Lbfgs optimizer, ParameterSet parameters, int steps, int threads = 1, Action? beforeEvaluation = null)
    {
        var gradients = new GradientSet(parameters);
        for (int i = 0; i < steps; i++)
        {
            optimizer.Step(parameters, gradients, () =>
            {
                beforeEvaluation?.Invoke();
                return Valley(parameters, gradients);
            }, threads);
        }

        return parameters["w"].Values.ToArray();
    }

    /// <summary>What PyTorch 1.13 gives in double precision, and how often it evaluates the loss on the way.</summary>
    public static TheoryData<Func<Lbfgs>, int, int, double[]> PyTorch => new()
    {
        { () => new Lbfgs(iterations: 1), 4, 9, [0.44430497, 0.56596470, 0.82852656, 0.95912294, 0.61913530, 0.22325831] },
        { () => new Lbfgs(iterations: 1), 20, 38, [0.99999948, 1.00000054, 0.99999936, 1.00000025, 0.99999896, 0.99999596] },
        { () => new Lbfgs(iterations: 3, history: 2), 4, 14, [0.99875240, 0.96821502, 0.94607622, 0.89000797, 0.76126345, 0.41044551] },
        { () => new Lbfgs(iterations: 3, history: 2), 8, 27, [1.00171174, 1.00178588, 1.00238395, 1.00156341, 1.00381191, 1.00477211] },
        { () => new Lbfgs(0.1, iterations: 4, lineSearch: false), 2, 8, [-0.81357575, 0.84105595, 0.57534131, -0.10974299, 0.31221301, 0.10724814] },
        { () => new Lbfgs(), 1, 19, [0.99999948, 1.00000054, 0.99999936, 1.00000025, 0.99999896, 0.99999596] },
    };

    [Theory]
    [MemberData(nameof(PyTorch))]
    public void Steps_end_where_PyTorch_ends_after_as_many_evaluations(Func<Lbfgs> make, int steps, int evaluations, double[] expected)
    {
        int counted = 0;
        var actual = Run(make(), Start(), steps, beforeEvaluation: () => counted++);
        Assert.Equal(evaluations, counted);
        for (int i = 0; i < Size; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6);
        }
    }

    [Fact]
    public void The_loss_before_the_step_comes_back_and_what_is_fixed_stays()
    {
        var parameters = Start();
        var gradients = new GradientSet(parameters);
        float before = Valley(parameters, gradients);
        gradients["fixed"].Fill(5);
        var optimizer = new Lbfgs();
        Assert.Equal(before, optimizer.Step(parameters, gradients, () => Valley(parameters, gradients)));
        Assert.Equal([1, 1, 1], parameters["fixed"].Values.ToArray());
        Assert.Equal(1, optimizer.Steps);
        Assert.InRange(Valley(parameters, gradients), 0, 1e-9f);
    }

    [Fact]
    public void Restored_state_continues_with_the_same_bits()
    {
        var whole = Start();
        Run(new Lbfgs(iterations: 4, history: 3), whole, 6);

        var (first, halfway) = (new Lbfgs(iterations: 4, history: 3), Start());
        Run(first, halfway, 3);
        var second = new Lbfgs(iterations: 4, history: 3);
        second.Attach(halfway);
        OptimizerTests.Copy(first, second);
        Assert.Equal(2 + (2 * 3), second.BufferNames.Count);
        Bits.Equal(whole["w"].Values, Run(second, halfway, 3));
    }

    [Fact]
    public void The_bits_are_the_same_on_any_number_of_threads_and_nothing_is_allocated()
    {
        float[] OnThreads(int threads)
        {
            var parameters = OptimizerCases.Parameters();
            var gradients = new GradientSet(parameters);
            float Bowl()
            {
                double sum = 0;
                for (int i = 0; i < gradients.Storage.Length; i++)
                {
                    double x = parameters.Storage[i], stiff = 1 + (i % 7);
                    sum += stiff * x * x;
                    gradients.Storage[i] = (float)(2 * stiff * x);
                }

                return (float)sum;
            }

            Func<float> evaluate = Bowl;
            var optimizer = new Lbfgs(0.01, iterations: 2, history: 2, evaluations: 10);
            for (int i = 0; i < 3; i++)
            {
                optimizer.Step(parameters, gradients, evaluate, threads);
            }

            float[] reached = parameters.Storage.ToArray();
            Garbage.IsNotMadeBy(() => optimizer.Step(parameters, gradients, evaluate, threads));
            return reached;
        }

        var one = OnThreads(1);
        Bits.Equal(one, OnThreads(2));
        Bits.Equal(one, OnThreads(3));
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_it_before_anything_changes()
    {
        var parameters = Start();
        var before = TestParameters.All(parameters);
        var gradients = new GradientSet(parameters);
        var optimizer = new Lbfgs();
        Assert.Contains("the loss is NaN", Assert.Throws<NotFiniteNumberException>(() => optimizer.Step(parameters, gradients, () => float.NaN)).Message);
        gradients["w"][2] = float.PositiveInfinity;
        Assert.Contains("'w' is Infinity at index 2", Assert.Throws<NotFiniteNumberException>(() => optimizer.Step(parameters, gradients, () => 1)).Message);
        Assert.Equal(before, TestParameters.All(parameters));
    }

    [Fact]
    public void A_line_that_leaves_the_finite_numbers_is_followed_less_far()
    {
        var parameters = new ParameterSet([new("w", [1], [], Initializer.Ones, 0, true)], 1);
        var gradients = new GradientSet(parameters);
        float Root()
        {
            // x - 2√x has its least value at 1 and none below 0.
            float x = parameters["w"].Values[0] * 3;
            gradients["w"][0] = 3 * (1 - (1 / MathF.Sqrt(x)));
            return x - (2 * MathF.Sqrt(x));
        }

        var optimizer = new Lbfgs(learningRate: 40);
        optimizer.Step(parameters, gradients, Root);
        Assert.Equal(1 / 3f, parameters["w"].Values[0], 1e-3f);
    }

    [Fact]
    public void If_the_function_throws_parameters_are_those_before_the_direction_and_the_next_step_works()
    {
        var parameters = Start();
        var before = TestParameters.All(parameters);
        int calls = 0;
        var optimizer = new Lbfgs();
        Assert.Throws<OperationCanceledException>(() => Run(optimizer, parameters, 1, 1, () =>
        {
            if (++calls == 2)
            {
                throw new OperationCanceledException();
            }
        }));
        Assert.Equal(before, TestParameters.All(parameters));
        Assert.Equal(1, Run(optimizer, parameters, 1)[0], 1e-5f);
    }

    [Fact]
    public void What_it_cannot_do_it_refuses()
    {
        var parameters = Start();
        var gradients = new GradientSet(parameters);
        Assert.Contains("evaluates loss", Assert.Throws<NotSupportedException>(() => new Lbfgs().Step(parameters, gradients)).Message);
        Assert.Throws<NotSupportedException>(() => new Lbfgs().Group("*", 0));
        Assert.Throws<NotSupportedException>(() => new Lbfgs().DecayMatricesOnly());
        Assert.Throws<InvalidOperationException>(() => new Lbfgs { ClipNorm = 1 }.Step(parameters, gradients, () => 1));
    }
}
