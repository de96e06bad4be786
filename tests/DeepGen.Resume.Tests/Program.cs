namespace DeepGen.Resume.Tests;

/// <summary>
/// The program that is killed: Program FOLDER trains and goes on from the checkpoint in the folder if there is one. It says
/// "step N" when it begins to train, and the weights' hash when it is done.
/// </summary>
public static class Program
{
    public static int Main(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        Console.WriteLine(SmallTraining.Run(Path.Combine(arguments[0], "checkpoint.safetensors"), epochs: 40, new Announcement()));
        return 0;
    }

    private sealed class Announcement : TrainingCallback
    {
        public override void Begin(TrainingRun run)
        {
            ArgumentNullException.ThrowIfNull(run);
            Console.WriteLine($"step {run.Step}");
        }
    }
}
