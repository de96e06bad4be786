using DeepGen.Data;

namespace DeepGen.Tests;

public class FitTests
{
    [Fact]
    public void A_classifier_learns_to_tell_bright_pixels_apart()
    {
        var network = new SoftmaxRegression();
        var result = Trainer.Fit(network, Samples.Classes(), Quiet(epochs: 30, validation: Samples.Classes(90, seed: 9)));
        Assert.Equal(30, result.History.Count);
        Assert.Equal(30 * 4, result.Steps);
        Assert.False(result.Cancelled);
        Assert.True(result["validation accuracy"] > 0.9, $"{result["validation accuracy"]}");
        Assert.True(result.History[^1].Loss < result.History[0].Loss / 2);
        Assert.True(result["validation loss"] < result.History[0].ValidationLoss / 2);
    }

    [Fact]
    public void A_regression_is_measured_by_the_sizes_of_its_errors()
    {
        var result = Trainer.Fit(new SmallPerceptron(), Samples.Values(), Quiet(epochs: 200, validation: Samples.Values(50, seed: 7)));
        Assert.Equal(["loss", "MAE", "RMSE", "validation loss", "validation MAE", "validation RMSE"], result.History[0].Values.Select(v => v.Key));
        Assert.True(result["validation RMSE"] < 0.2, $"{result["validation RMSE"]}");
        Assert.Equal(result["validation loss"], Math.Pow(result["validation RMSE"], 2), 6);
        Assert.True(result["validation MAE"] <= result["validation RMSE"]);
    }

    [Fact]
    public void Equal_seeds_give_equal_weights_and_others_do_not()
    {
        float[] Weights(ulong seed)
        {
            var network = new SmallPerceptron();
            Trainer.Fit(network, Samples.Values(), new FitOptions { Epochs = 2, BatchSize = 16, Seed = seed, Console = null });
            return TestParameters.All(network.Parameters);
        }

        Bits.Equal(Weights(3), Weights(3));
        Assert.NotEqual(Weights(3), Weights(4));
    }

    [Fact]
    public void A_fit_does_what_a_loop_by_hand_does()
    {
        var data = Samples.Classes(50);
        var fitted = new SoftmaxRegression();
        Trainer.Fit(fitted, data, new FitOptions { Epochs = 3, BatchSize = 16, Optimizer = new Sgd(0.5), Seed = 8, Console = null });

        var network = new SoftmaxRegression();
        var optimizer = new Sgd(0.5);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            using var reader = data.Read(new BatchOptions(16) { Shuffle = true, Seed = 8 });
            reader.Start(epoch);
            while (reader.Next(out var batch))
            {
                network.Gradients(batch);
                network.Training.Step(optimizer);
            }
        }

        Bits.Equal(TestParameters.All(network.Parameters), TestParameters.All(fitted.Parameters));
    }

    [Fact]
    public void Micro_batches_make_the_same_steps_but_for_rounding()
    {
        float[] Weights(int pieces)
        {
            var network = new SoftmaxRegression();
            // 50 samples: the last step of an epoch has 18, in pieces of 8, 8 and 2.
            var options = new FitOptions { Epochs = 4, BatchSize = 32, MicroBatches = pieces, Optimizer = new Sgd(0.5), Console = null };
            Assert.Equal(8, Trainer.Fit(network, Samples.Classes(50), options).Steps);
            return TestParameters.All(network.Parameters);
        }

        var whole = Weights(1);
        var pieces = Weights(4);
        Assert.All(whole.Zip(pieces), p => Assert.Equal(p.First, p.Second, 1e-5));
    }

    [Fact]
    public void What_is_dropped_follows_from_the_seed_the_step_and_its_piece()
    {
        var seen = new List<(ulong Seed, long Step, int Piece)>();
        var network = new SoftmaxRegression();
        network.Spoil = (step, loss) =>
        {
            seen.Add((network.Training.Seed, step, network.Training.MicroBatch));
            return loss;
        };
        Trainer.Fit(network, Samples.Classes(64), new FitOptions { Epochs = 1, BatchSize = 32, MicroBatches = 2, Seed = 9, Console = null });
        Assert.Equal([(9UL, 0, 0), (9UL, 0, 1), (9UL, 1, 0), (9UL, 1, 1)], seen);
    }

    [Fact]
    public void Validation_data_may_be_a_part_of_the_data_put_aside()
    {
        var data = Samples.Classes(100);
        var options = new FitOptions { Epochs = 1, BatchSize = 10, ValidationFraction = 0.2, Console = null };
        var result = Trainer.Fit(new SoftmaxRegression(), data, options);
        Assert.Equal(8, result.Steps);
        Assert.NotNull(result.History[0].ValidationLoss);
    }

    [Fact]
    public void The_network_has_its_own_number_of_threads_again_afterwards()
    {
        var network = new SoftmaxRegression();
        int during = 0;
        var options = new FitOptions { Epochs = 1, Threads = 3, Console = null, Callbacks = [new Hook { AtStep = r => during = r.Network.Threads }] };
        Trainer.Fit(network, Samples.Classes(), options);
        Assert.Equal(3, during);
        Assert.Equal(1, network.Threads);
    }

    [Fact]
    public void With_a_weight_average_the_network_has_the_average_in_the_end()
    {
        var data = Samples.Classes(64);
        var network = new SoftmaxRegression();
        var raw = new List<float[]>();
        var options = new FitOptions
        {
            Epochs = 2,
            BatchSize = 32,
            WeightAverage = 0.5,
            Optimizer = new Sgd(1),
            Console = null,
            Callbacks = [new Hook { AtStep = r => raw.Add(TestParameters.All(r.Network.Parameters)) }],
        };
        var average = TestParameters.All(network.Parameters);
        Trainer.Fit(network, data, options);
        foreach (var weights in raw)
        {
            average = [.. average.Zip(weights, (a, w) => a + (0.5f * (w - a)))];
        }

        Assert.Equal(4, raw.Count);
        Assert.All(average.Zip(TestParameters.All(network.Parameters)), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    [Fact]
    public void L_BFGS_takes_the_whole_data_as_one_batch()
    {
        var network = new SoftmaxRegression();
        var options = new FitOptions { Epochs = 5, BatchSize = 200, Optimizer = new Lbfgs(), Console = null };
        var result = Trainer.Fit(network, Samples.Classes(), options);
        Assert.Equal(5, result.Steps);
        Assert.True(result["loss"] < 0.1, $"{result["loss"]}");
    }

    [Fact]
    public void A_schedule_is_asked_for_every_step_and_told_the_validation_loss()
    {
        var rates = new List<float>();
        var schedule = new LinearWarmUp(4).Then(4, new ReduceOnPlateau(gamma: 0.5, patience: 0, threshold: 1, absolute: true));
        var options = new FitOptions
        {
            Epochs = 4,
            BatchSize = 100,
            Optimizer = new Sgd(0.1),
            Schedule = schedule,
            Validation = Samples.Classes(30),
            Console = null,
            Callbacks = [new Hook { AtStep = r => rates.Add(r.LearningRate) }],
        };
        var result = Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), options);
        Assert.Equal(8, rates.Count);
        Assert.True(rates[0] < rates[3] && rates[3] <= 0.1f);
        Assert.Equal(rates[^1], rates[4] / 2, 1e-6);
        Assert.Equal(result.History[^1].LearningRate, rates[^1]);
    }

    [Fact]
    public void Evaluate_measures_what_it_is_asked_for()
    {
        var network = new SoftmaxRegression();
        Trainer.Fit(network, Samples.Classes(), Quiet(epochs: 20));
        var evaluation = Trainer.Evaluate(network, Samples.Classes(300, seed: 2), new Accuracy(), new ConfusionMatrix());
        var confusion = evaluation.Of<ConfusionMatrix>();
        Assert.Equal(100, confusion.Samples(1));
        Assert.Equal(evaluation["accuracy"], (confusion[0, 0] + confusion[1, 1] + confusion[2, 2]) / 300.0, 12);
        Assert.True(evaluation["loss"] > 0);
        Assert.Contains("only 'loss', 'accuracy', 'balanced accuracy'", Assert.Throws<KeyNotFoundException>(() => evaluation["speed"]).Message);
    }

    [Fact]
    public void A_stream_of_unknown_length_is_learnt_from_and_gone_on_from()
    {
        using var folder = new TemporaryFolder();
        IDataSource Stream() => new StreamedData(SampleLayout.Classified(1, 2, 2), (_, _) => Streamed(Samples.Classes(100)));
        FitOptions Options(int killAt) => new()
        {
            Epochs = 3,
            BatchSize = 16,
            Checkpoint = Path.Combine(folder.Path, "c"),
            CheckpointEvery = 2,
            Resume = true,
            Console = null,
            Callbacks = [new Hook { AtStep = r => { if (r.Step == killAt) { throw new KilledException(); } } }],
        };
        var killed = new SoftmaxRegression();
        Assert.Throws<KilledException>(() => Trainer.Fit(killed, Stream(), Options(11)));
        var resumed = new SoftmaxRegression();
        Assert.Equal(21, Trainer.Fit(resumed, Stream(), Options(-1)).Steps);
        File.Delete(Path.Combine(folder.Path, "c"));
        var whole = new SoftmaxRegression();
        Trainer.Fit(whole, Stream(), Options(-1));
        Bits.Equal(TestParameters.All(whole.Parameters), TestParameters.All(resumed.Parameters));
    }

    [Fact]
    public void A_second_fit_begins_with_step_0()
    {
        var network = new SoftmaxRegression();
        Trainer.Fit(network, Samples.Classes(), Quiet(epochs: 1));
        Assert.Equal(4, Trainer.Fit(network, Samples.Classes(), Quiet(epochs: 1)).Steps);
    }

    private static IEnumerable<Sample> Streamed(DataSet data)
    {
        var sample = new Sample(data.Layout);
        for (int i = 0; i < data.Count; i++)
        {
            data.Input(i).CopyTo(sample.Input());
            sample.Class() = data.Class(i);
            yield return sample;
        }
    }

    private static FitOptions Quiet(int epochs, IDataSource? validation = null) =>
        new() { Epochs = epochs, BatchSize = 50, Validation = validation, Console = null, Optimizer = new Adam(0.02) };
}
