using DeepGen.Data;

namespace DeepGen.Tests;

public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Checkpoint => Path.Combine(_folder.Path, "run.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Killed_at_any_moment_and_started_again_it_ends_with_the_same_bits_twenty_times_out_of_twenty()
    {
        var network = new SmallPerceptron();
        var undisturbed = Run(network, null, out var expected);
        var random = new Random(3);
        for (int attempt = 0; attempt < 20; attempt++)
        {
            File.Delete(Checkpoint);
            FitResult? result = null;
            SmallPerceptron survivor;
            int kills = 0;
            do
            {
                // Every start is a new process: nothing but the file is left.
                survivor = new SmallPerceptron();
                long life = random.Next(1, 40);
                try
                {
                    result = Run(survivor, life, out _);
                }
                catch (KilledException)
                {
                    kills++;
                }
            }
            while (result is null);

            Assert.True(kills > 0);
            Bits.Equal(expected, TestParameters.All(survivor.Parameters));
            Assert.Equal(undisturbed.Steps, result.Steps);
            Assert.Equal(undisturbed.StopReason, result.StopReason);
            Assert.Equal(undisturbed.History.Select(Timeless), result.History.Select(Timeless));
        }
    }

    [Fact]
    public void A_cancelled_run_leaves_a_checkpoint_and_goes_on_with_the_same_bits()
    {
        Run(new SmallPerceptron(), null, out var expected);
        File.Delete(Checkpoint);
        using var source = new CancellationTokenSource();
        var cancelled = Run(new SmallPerceptron(), null, out _, source, cancelAt: 17);
        Assert.True(cancelled.Cancelled);
        Assert.Equal(17, cancelled.Steps);
        Assert.Equal(Checkpoint, cancelled.Checkpoint);
        var result = Run(new SmallPerceptron(), null, out var weights);
        Assert.False(result.Cancelled);
        Bits.Equal(expected, weights);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adamw")]
    [InlineData("rmsprop")]
    [InlineData("lion")]
    [InlineData("adagrad")]
    [InlineData("lbfgs")]
    public void Every_optimiser_goes_on_where_it_was(string name)
    {
        Optimizer Make() => name switch
        {
            "sgd" => new Sgd(0.05, momentum: 0.9, nesterov: true),
            "adamw" => new AdamW(0.01),
            "rmsprop" => new RmsProp(0.01, momentum: 0.5),
            "lion" => new Lion(0.001),
            "adagrad" => new Adagrad(0.05),
            _ => new Lbfgs(iterations: 3),
        };
        FitOptions Options(int killAt = -1) => new()
        {
            Epochs = 4,
            BatchSize = 40,
            Optimizer = Make(),
            Console = null,
            Checkpoint = Checkpoint,
            CheckpointEvery = 1,
            Resume = true,
            Callbacks = [new Hook { AtStep = r => Kill(r.Step == killAt) }],
        };
        var whole = new SoftmaxRegression();
        Trainer.Fit(whole, Samples.Classes(100), Options());
        File.Delete(Checkpoint);
        Assert.Throws<KilledException>(() => Trainer.Fit(new SoftmaxRegression(), Samples.Classes(100), Options(killAt: 8)));
        var resumed = new SoftmaxRegression(seed: 77);
        Assert.Equal(12, Trainer.Fit(resumed, Samples.Classes(100), Options()).Steps);
        Bits.Equal(TestParameters.All(whole.Parameters), TestParameters.All(resumed.Parameters));
    }

    [Fact]
    public void A_finished_run_is_not_run_again()
    {
        var first = Run(new SmallPerceptron(), null, out var expected);
        var again = Run(new SmallPerceptron(), 0, out var weights);
        Bits.Equal(expected, weights);
        Assert.Equal(first.Steps, again.Steps);
    }

    [Fact]
    public void The_weights_alone_can_be_loaded_from_a_checkpoint()
    {
        Run(new SmallPerceptron(), null, out _);
        var network = new SmallPerceptron(seed: 99);
        network.Parameters.Load(Checkpoint);
        Assert.NotEqual(TestParameters.All(new SmallPerceptron(seed: 99).Parameters), TestParameters.All(network.Parameters));
    }

    [Fact]
    public void With_an_average_the_weights_in_a_checkpoint_are_the_averaged_ones()
    {
        var trained = new SoftmaxRegression();
        var options = new FitOptions { Epochs = 2, WeightAverage = 0.9, Checkpoint = Checkpoint, Console = null };
        Trainer.Fit(trained, Samples.Classes(), options);
        var loaded = new SoftmaxRegression(seed: 2);
        loaded.Parameters.Load(Checkpoint);
        Bits.Equal(TestParameters.All(trained.Parameters), TestParameters.All(loaded.Parameters));
    }

    [Fact]
    public void A_checkpoint_asked_for_by_a_callback_in_the_middle_of_things_can_be_gone_on_from()
    {
        string own = Path.Combine(_folder.Path, "own");
        var network = new SoftmaxRegression();
        FitOptions Options(string? from) => new()
        {
            Epochs = 3,
            WeightAverage = 0.9,
            ResumeFrom = from,
            Console = null,
            Callbacks = [new Hook { AtEpoch = r => Save(r, from) }],
        };
        void Save(TrainingRun run, string? from)
        {
            if (from is null && run.Epoch == 2)
            {
                run.SaveCheckpoint(own);
            }
        }

        Trainer.Fit(network, Samples.Classes(), Options(null));
        var resumed = new SoftmaxRegression(seed: 4);
        Trainer.Fit(resumed, Samples.Classes(), Options(own));
        Bits.Equal(TestParameters.All(network.Parameters), TestParameters.All(resumed.Parameters));
    }

    [Fact]
    public void A_death_while_writing_leaves_the_checkpoint_before_and_no_more_than_one_remnant()
    {
        Run(new SmallPerceptron(), null, out var expected);
        var whole = File.ReadAllBytes(Checkpoint);
        File.WriteAllBytes(Checkpoint + ".tmp", whole[..(whole.Length / 2)]);
        Run(new SmallPerceptron(), null, out var weights);
        Bits.Equal(expected, weights);
        var network = new SoftmaxRegression();
        Trainer.Fit(network, Samples.Classes(), new FitOptions { Epochs = 1, Checkpoint = Checkpoint, Console = null });
        Assert.Equal([Checkpoint], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_failed_write_leaves_the_checkpoint_before()
    {
        Run(new SmallPerceptron(), null, out _);
        var whole = File.ReadAllBytes(Checkpoint);
        var broken = new BreakingCallback();
        var options = new FitOptions { Epochs = 1, Checkpoint = Checkpoint, Console = null, Callbacks = [broken] };
        Assert.Throws<KilledException>(() => Trainer.Fit(new SmallPerceptron(), Samples.Values(), options));
        Assert.Equal(whole, File.ReadAllBytes(Checkpoint));
    }

    /// <summary>Shuffled data, dropout, a warm-up and a plateau, an average, clipping, early stopping and pieces, all at once.</summary>
    private FitResult Run(SmallPerceptron network, long? life, out float[] weights, CancellationTokenSource? source = null, int cancelAt = -1)
    {
        long steps = 0;
        var options = new FitOptions
        {
            Epochs = 30,
            BatchSize = 24,
            MicroBatches = 3,
            Seed = 11,
            Optimizer = new Adam(0.03) { ClipNorm = 1 },
            Schedule = new LinearWarmUp(6).Then(6, new ReduceOnPlateau(gamma: 0.5, patience: 1)),
            Validation = Samples.Values(30, seed: 8),
            WeightAverage = 0.8,
            Checkpoint = Checkpoint,
            CheckpointEvery = 3,
            Resume = true,
            Console = null,
            Metrics = [new RootMeanSquaredError()],
            Callbacks =
            [
                new EarlyStopping(patience: 4),
                new Hook
                {
                    AtStep = r =>
                    {
                        Kill(++steps == life);
                        if (r.Step == cancelAt)
                        {
                            source!.Cancel();
                        }
                    },
                },
            ],
        };
        var result = Trainer.Fit(network, Samples.Values(100), options, source?.Token ?? default);
        weights = TestParameters.All(network.Parameters);
        return result;
    }

    private static void Kill(bool now)
    {
        if (now)
        {
            throw new KilledException();
        }
    }

    /// <summary>An epoch without its time.</summary>
    private static string Timeless(EpochRecord record) =>
        $"{record.Epoch} {record.Steps} {record.LearningRate:R} {string.Join(' ', record.Values.Select(v => $"{v.Key}={v.Value:R}"))}";

    private sealed class BreakingCallback : TrainingCallback
    {
        public override void Save(SavedState state) => throw new KilledException();
    }
}
