namespace DeepGen;

/// <summary>The loss or a weight became infinite or no number; the message says when, where it began, and what was saved before.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>An error without details.</summary>
    public TrainingDivergedException()
    {
    }

    /// <summary>An error with its description.</summary>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its description and its cause.</summary>
    public TrainingDivergedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The step, counted from 0.</summary>
    public long Step { get; init; }

    /// <summary>The first named value of the network, or the parameter, or the input, that was no finite number; null if not known.</summary>
    public string? Place { get; init; }

    /// <summary>The last checkpoint written before; null if there is none.</summary>
    public string? Checkpoint { get; init; }
}
