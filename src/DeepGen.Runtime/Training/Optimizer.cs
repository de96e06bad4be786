namespace DeepGen;

/// <summary>A rule that changes parameters by their gradients.</summary>
public abstract class Optimizer
{
    /// <summary>How far a step goes; schedules change it between steps.</summary>
    public float LearningRate { get; set; }

    /// <summary>Takes one step. The same gradients give the same parameters for any number of threads.</summary>
    public abstract void Step(ParameterSet parameters, GradientSet gradients, int threads = 1);
}
