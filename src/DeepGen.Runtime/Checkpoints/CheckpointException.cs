namespace DeepGen;

/// <summary>A checkpoint is damaged, or does not fit the network; the message says where and how.</summary>
public sealed class CheckpointException : IOException
{
    /// <summary>An error without details.</summary>
    public CheckpointException()
    {
    }

    /// <summary>An error with its description.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its description and its cause.</summary>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
