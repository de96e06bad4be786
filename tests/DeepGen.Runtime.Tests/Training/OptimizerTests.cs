namespace DeepGen.Tests;

/// <summary>What holds for all optimisers.</summary>
public class OptimizerTests
{
    public static TheoryData<string> Names => OptimizerCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_bits_are_the_same_on_any_number_of_threads(string name)
    {
        float[] OnThreads(int threads)
        {
            var optimizer = OptimizerCases.Makers[name]();
            optimizer.ClipNorm = 3;
            return OptimizerCases.Run(optimizer, OptimizerCases.Parameters(), threads: threads);
        }

        var one = OnThreads(1);
        Bits.Equal(one, OnThreads(2));
        Bits.Equal(one, OnThreads(3));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_trainable_parameters_change(string name)
    {
        var parameters = OptimizerCases.Parameters();
        var before = parameters.Storage.ToArray();
        var trainable = OptimizerCases.Trainable(parameters);
        var after = OptimizerCases.Run(OptimizerCases.Makers[name](), parameters, steps: 2);
        int changed = 0;
        for (int i = 0; i < before.Length; i++)
        {
            Assert.True(trainable[i] || Bits.Of(before[i]) == Bits.Of(after[i]), $"number {i}");
            changed += before[i] != after[i] ? 1 : 0;
        }

        // A few gradients are zero, or cancel.
        Assert.InRange(changed, trainable.Count(t => t) - 10, trainable.Count(t => t));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_after_the_first_allocates_nothing(string name)
    {
        var optimizer = OptimizerCases.Makers[name]();
        (optimizer.ClipNorm, optimizer.Schedule) = (1, new LinearWarmUp(10).Then(new Cosine(100)));
        var parameters = OptimizerCases.Parameters();
        var gradients = new GradientSet(parameters);
        OptimizerCases.Fill(gradients, 0);
        optimizer.Step(parameters, gradients, 2);
        Garbage.IsNotMadeBy(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                optimizer.Step(parameters, gradients, 2);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Restored_state_continues_with_the_same_bits(string name)
    {
        var whole = OptimizerCases.Run(OptimizerCases.Makers[name](), OptimizerCases.Parameters());
        var (first, parameters) = (OptimizerCases.Makers[name](), OptimizerCases.Parameters());
        OptimizerCases.Run(first, parameters, 7);
        var second = OptimizerCases.Makers[name]();
        second.Attach(parameters);
        Copy(first, second);
        Bits.Equal(whole, OptimizerCases.Run(second, parameters, OptimizerCases.Steps - 7));
    }

    [Theory]
    [InlineData("sgd, nesterov")]
    [InlineData("adam")]
    [InlineData("adam, amsgrad")]
    [InlineData("rmsprop, momentum")]
    [InlineData("rmsprop, centred")]
    public void Gradients_that_stay_zero_leave_no_denormal_memory(string name)
    {
        var optimizer = OptimizerCases.Makers[name]().Group("*", weightDecay: 0);
        var parameters = OptimizerCases.Parameters();
        OptimizerCases.Run(optimizer, parameters, 1);
        for (int b = 0; b < optimizer.BufferNames.Count; b++)
        {
            var buffer = optimizer.Buffer(b);
            for (int i = 0; i < buffer.Length; i++)
            {
                buffer[i] = MathF.CopySign(2e-38f, buffer[i]);
            }
        }

        var gradients = new GradientSet(parameters);
        for (int i = 0; i < 300; i++)
        {
            optimizer.Step(parameters, gradients);
        }

        for (int b = 0; b < optimizer.BufferNames.Count; b++)
        {
            Assert.DoesNotContain(optimizer.Buffer(b)[..5600].ToArray(), float.IsSubnormal);
        }
    }

    [Fact]
    public void A_step_is_one_change_of_the_parameters()
    {
        var parameters = OptimizerCases.Parameters();
        int version = parameters.Version;
        var optimizer = new Sgd(0.1);
        optimizer.Step(parameters, new GradientSet(parameters));
        Assert.Equal(version + 1, parameters.Version);
        Assert.Equal(1, optimizer.Steps);
    }

    [Fact]
    public void A_schedule_multiplies_the_rate_step_by_step()
    {
        var parameters = OptimizerCases.Parameters();
        var gradients = new GradientSet(parameters);
        var optimizer = new Sgd(0.5) { Schedule = new StepDecay(1, 0.5) };
        parameters["2.num"].Write([1]);
        gradients["2.num"][0] = 0.25f;
        optimizer.Step(parameters, gradients);
        Assert.Equal(0.25f, optimizer.CurrentRate);
        optimizer.Step(parameters, gradients);
        Assert.Equal(1 - (0.25f * 0.75f), parameters["2.num"].Values[0]);
        Assert.Equal(0.5f, optimizer.LearningRate);
    }

    [Fact]
    public void Strangers_are_refused()
    {
        var (mine, other) = (OptimizerCases.Parameters(), OptimizerCases.Parameters());
        var optimizer = new Adam();
        Assert.Throws<ArgumentException>(() => optimizer.Step(mine, new GradientSet(other)));
        optimizer.Step(mine, new GradientSet(mine));
        Assert.Throws<InvalidOperationException>(() => optimizer.Step(other, new GradientSet(other)));
        Assert.Contains("'adam'", Assert.Throws<ArgumentException>(() => optimizer.SetScalar("zeal", 1)).Message);
    }

    [Fact]
    public void Settings_without_meaning_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1, momentum: 1));
        Assert.Throws<ArgumentException>(() => new Sgd(1, nesterov: true));
        Assert.Throws<ArgumentException>(() => new Sgd(1, momentum: 0.9, dampening: 0.1, nesterov: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(beta2: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(weightDecay: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp(epsilon: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adagrad(initialSum: double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lion(beta1: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lbfgs(history: 0));
    }

    /// <summary>Moves the state as a checkpoint does.</summary>
    internal static void Copy(Optimizer source, Optimizer target)
    {
        target.Steps = source.Steps;
        foreach (var (scalar, value) in source.Scalars)
        {
            target.SetScalar(scalar, value);
        }

        Assert.Equal(source.BufferNames, target.BufferNames);
        for (int i = 0; i < source.BufferNames.Count; i++)
        {
            source.Buffer(i).CopyTo(target.Buffer(i));
        }
    }
}
