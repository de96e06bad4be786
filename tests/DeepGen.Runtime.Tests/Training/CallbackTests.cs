namespace DeepGen.Tests;

public sealed class CallbackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Early_stopping_stops_after_its_patience_and_restores_the_best_weights()
    {
        var network = new SoftmaxRegression();
        var weights = new List<float[]>();
        var early = new EarlyStopping(patience: 2);
        var options = new FitOptions
        {
            Epochs = 50,
            Optimizer = new Sgd(1),
            Validation = Samples.Classes(60),
            Console = null,
            Callbacks = [early, new Hook { AtEpoch = r => Note(r) }],
        };
        void Note(TrainingRun run)
        {
            weights.Add(TestParameters.All(run.Network.Parameters));

            // From the sixth epoch on it goes uphill.
            run.Optimizer.LearningRate = run.Epoch < 5 ? 1 : -1;
        }

        var result = Trainer.Fit(network, Samples.Classes(), options);
        var losses = result.History.Select(r => r.ValidationLoss!.Value).ToList();
        int best = losses.IndexOf(losses.Min());
        Assert.Equal(best + 1, early.BestEpoch);
        Assert.Equal(losses[best], early.Best);
        Assert.Equal(best + 3, result.History.Count);
        Assert.Contains($"validation loss has not become better for 2 epochs; the best was epoch {best + 1}", result.StopReason);
        Bits.Equal(weights[best], TestParameters.All(network.Parameters));
    }

    [Fact]
    public void Early_stopping_on_accuracy_wants_more_of_it()
    {
        var early = new EarlyStopping(patience: 3) { Monitor = "accuracy", RestoreBest = false };
        var options = new FitOptions { Epochs = 60, Optimizer = new Sgd(0.5), Console = null, Callbacks = [early] };
        var result = Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), options);
        Assert.Equal(result.History.Max(r => r["accuracy"]), early.Best);
    }

    [Fact]
    public void An_improvement_smaller_than_the_least_one_is_none()
    {
        var early = new EarlyStopping(patience: 2) { MinDelta = 100 };
        var result = Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), new FitOptions { Epochs = 9, Console = null, Callbacks = [early] });
        Assert.Equal(3, result.History.Count);
        Assert.Equal(1, early.BestEpoch);
    }

    [Fact]
    public void The_best_checkpoint_holds_the_weights_of_the_best_epoch()
    {
        string path = Path.Combine(_folder.Path, "best.safetensors");
        var weights = new List<float[]>();
        var best = new BestCheckpoint(path, "accuracy");
        var options = new FitOptions
        {
            Epochs = 6,
            Optimizer = new Sgd(2),
            Console = null,
            Callbacks = [best, new Hook { AtEpoch = r => weights.Add(TestParameters.All(r.Network.Parameters)) }],
        };
        var result = Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), options);
        var accuracies = result.History.Select(r => r["accuracy"]).ToList();
        var loaded = new SoftmaxRegression(seed: 3);
        loaded.Parameters.Load(path);
        Bits.Equal(weights[accuracies.IndexOf(accuracies.Max())], TestParameters.All(loaded.Parameters));
    }

    [Fact]
    public void The_learning_rate_log_has_a_row_for_every_so_many_steps()
    {
        var log = new StringWriter { NewLine = "\n" };
        var options = new FitOptions { Epochs = 1, Optimizer = new Sgd(0.25), Console = null, Callbacks = [new LearningRateLog(log, every: 2)] };
        Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), options);
        var rows = log.ToString().Split('\n');
        Assert.Equal("step,rate,loss", rows[0]);
        Assert.StartsWith("2,0.25,", rows[1]);
        Assert.StartsWith("4,0.25,", rows[2]);
        Assert.Equal(4, rows.Length);
    }

    [Fact]
    public void TensorBoard_gets_the_values_of_epochs_and_of_some_steps()
    {
        string folder = Path.Combine(_folder.Path, "board");
        var options = new FitOptions { Epochs = 3, TensorBoard = folder, Validation = Samples.Classes(30), Console = null };
        Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), options);
        string events = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Directory.GetFiles(folder).Single()));
        int Count(string tag) => events.Split(tag).Length - 1;
        Assert.Equal(
            (1, 1, 3, 3, 3, 3),
            (Count("step/loss"), Count("step/learning rate"), Count("training/loss"), Count("training/accuracy"), Count("validation/loss"), Count("validation/accuracy")));
    }

    [Fact]
    public void TensorBoards_file_is_closed_when_the_training_fails()
    {
        string folder = Path.Combine(_folder.Path, "board");
        var options = new FitOptions { TensorBoard = folder, Console = null };
        Assert.Throws<TrainingDivergedException>(() => Trainer.Fit(
            new SoftmaxRegression { Spoil = (step, loss) => step == 11 ? float.NaN : loss }, Samples.Classes(), options));
        Assert.Contains("step/loss", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Directory.GetFiles(folder).Single())));
    }

    [Fact]
    public void A_callback_can_stop_the_training_after_a_step()
    {
        string path = Path.Combine(_folder.Path, "c");
        var options = new FitOptions { Checkpoint = path, Console = null, Callbacks = [new Hook { AtStep = r => Stop(r) }] };
        var result = Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), options);
        Assert.Equal(6, result.Steps);
        Assert.Equal("enough", result.StopReason);
        Assert.False(result.Cancelled);
        Assert.True(File.Exists(path));

        static void Stop(TrainingRun run)
        {
            if (run.Step == 6)
            {
                run.Stop("enough");
            }
        }
    }

    [Fact]
    public void A_cancelled_training_returns_with_the_weights_of_its_last_step()
    {
        using var source = new CancellationTokenSource();
        var options = new FitOptions { Console = null, Callbacks = [new Hook { AtStep = r => Cancel(r) }] };
        var result = Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), options, source.Token);
        Assert.True(result.Cancelled);
        Assert.Equal(5, result.Steps);
        Assert.Single(result.History);
        Assert.Null(result.Checkpoint);

        void Cancel(TrainingRun run)
        {
            if (run.Step == 5)
            {
                source.Cancel();
            }
        }
    }

    [Fact]
    public void Progress_is_told_after_every_step()
    {
        var seen = new List<TrainingProgress>();
        var options = new FitOptions { Epochs = 2, Console = null, Progress = new Listener(seen), Optimizer = new Sgd(0.1) };
        var result = Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), options);
        Assert.Equal(8, seen.Count);
        Assert.Equal((1, 2, 1, 4L, 1L), (seen[0].Epoch, seen[0].Epochs, seen[0].Step, seen[0].StepsPerEpoch, seen[0].TotalSteps));
        Assert.Equal((2, 4, 8L, "accuracy", TimeSpan.Zero), (seen[7].Epoch, seen[7].Step, seen[7].TotalSteps, seen[7].MetricName, seen[7].TimeLeft));
        Assert.Equal(result["accuracy"], seen[7].Metric);
        Assert.True(seen[3].SamplesPerSecond > 0 && seen[3].TimeLeft > TimeSpan.Zero);
    }

    [Fact]
    public void A_certified_schedule_sets_what_each_step_trains_for()
    {
        var seen = new List<(float Epsilon, float Plain)>();
        var options = new FitOptions
        {
            Epochs = 2,
            Certified = new CertifiedSchedule(0.4f, warmUpSteps: 2, rampSteps: 4) { PlainShare = 0.5f },
            Console = null,
            Callbacks = [new Hook { AtStep = r => seen.Add((r.Network.Training.Epsilon, r.Network.Training.PlainShare)) }],
        };
        Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), options);
        Assert.Equal([(0, 1), (0, 1), (0, 1), (0.1f, 0.875f), (0.2f, 0.75f), (0.3f, 0.625f), (0.4f, 0.5f), (0.4f, 0.5f)], seen);
    }

    private sealed class Listener(List<TrainingProgress> seen) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => seen.Add(value);
    }
}
