using DeepGen.Tests;

namespace DeepGen.Resume.Tests;

/// <summary>A training that is killed at any moment and started again ends with the very bits of one that was left alone.</summary>
public sealed class ResumeTests
{
    private const int Trainings = 20;

    /// <summary>On a machine that is busy many are killed before there is anything to resume from.</summary>
    private const int MostTrainings = 5 * Trainings;
    private const int MostKills = 3;

    [Fact]
    public void Killed_at_random_moments_and_resumed_a_training_ends_with_the_same_weights_every_time()
    {
        var (expected, duration) = Uninterrupted();
        int kills = 0, resumed = 0;
        for (int training = 0; training < Trainings || (training < MostTrainings && !IsEnough()); training++)
        {
            using var folder = new TemporaryFolder();
            for (int kill = Random.Shared.Next(1, MostKills + 1); kill > 0; kill--)
            {
                using var victim = Child.Train(folder.Path);
                resumed += victim.FirstStep > 0 ? 1 : 0;
                Thread.Sleep(duration * Random.Shared.NextDouble() / MostKills);
                kills += victim.Kill() ? 1 : 0;
            }

            using var last = Child.Train(folder.Path);
            resumed += last.FirstStep > 0 ? 1 : 0;
            Assert.Equal(expected, last.Finish());
        }

        // Otherwise nothing was tested.
        Assert.True(IsEnough(), $"{kills} kills, {resumed} resumptions");

        bool IsEnough() => kills >= Trainings && resumed >= Trainings / 2;
    }

    [Fact]
    public void Resumed_after_any_step_a_training_ends_with_the_same_weights()
    {
        const int Epochs = 2;
        using var folder = new TemporaryFolder();
        string At(int step) => Path.Combine(folder.Path, $"{step}.safetensors");
        string expected = SmallTraining.Run(At(0), Epochs, new EveryStep(At));

        for (int step = 1; step <= Epochs * SmallTraining.StepsPerEpoch; step++)
            Assert.True(expected == SmallTraining.Run(At(step), Epochs, new EveryStep(null)), $"resumed after step {step} it ends with other weights");
    }

    [Fact]
    public void A_finished_training_that_is_started_again_keeps_its_weights()
    {
        using var folder = new TemporaryFolder();
        using var first = Child.Train(folder.Path);
        string expected = first.Finish();

        using var again = Child.Train(folder.Path);

        Assert.True(again.FirstStep > 0);
        Assert.Equal(expected, again.Finish());
    }

    private static (string Hash, TimeSpan Duration) Uninterrupted()
    {
        using var folder = new TemporaryFolder();
        using var child = Child.Train(folder.Path);
        string hash = child.Finish();
        return (hash, child.Elapsed);
    }

    /// <summary>Saves a checkpoint after each step, or only takes its place, for a checkpoint knows which callbacks there were.</summary>
    private sealed class EveryStep(Func<int, string>? path) : TrainingCallback
    {
        public override void StepEnd(TrainingRun run)
        {
            if (path is not null)
                run.SaveCheckpoint(path((int)run.Step));
        }
    }
}
