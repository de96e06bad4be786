namespace DeepGen.Tests;

public class TrainingGarbageTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_training_step_allocates_nothing(bool withProgress)
    {
        using var folder = new TemporaryFolder();
        long before = 0;
        long after = 0;
        var marks = new Hook
        {
            AtStep = r =>
            {
                before = r.Step == 20 ? GC.GetAllocatedBytesForCurrentThread() : before;
                after = r.Step == 90 ? GC.GetAllocatedBytesForCurrentThread() : after;
            },
        };
        var options = new FitOptions
        {
            Epochs = 1,
            BatchSize = 8,
            MicroBatches = 2,
            Optimizer = new Adam { ClipNorm = 1 },
            Schedule = new Cosine(100),
            WeightAverage = 0.99,
            Metrics = [new Accuracy(), new TopKAccuracy(2), new ConfusionMatrix(), new CalibrationError()],
            Certified = new CertifiedSchedule(0.1f, 10, 50),
            Threads = 1,
            Console = withProgress ? new StringCounter() : null,
            Progress = withProgress ? new Listener() : null,
            TensorBoard = withProgress ? folder.Path : null,
            Callbacks = [new EarlyStopping(), marks],
        };
        Trainer.Fit(new SoftmaxRegression(), Samples.Classes(800), options);
        Assert.NotEqual(0, before);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Drawing_the_progress_allocates_nothing()
    {
        var writer = new StringCounter();
        var line = new ProgressLine(writer, terminal: true);
        var progress = new TrainingProgress(1, 10, 25, 100, 25, 0.123, 0.9, "accuracy", 1e-3, 12345.6, TimeSpan.FromSeconds(754));
        line.Draw(progress);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            line.Draw(progress);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(writer.Letters > 50_000);
    }

    private sealed class Listener : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
        }
    }

    private sealed class StringCounter : TextWriter
    {
        public long Letters { get; private set; }

        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char[] buffer, int index, int count) => Letters += count;
    }
}
