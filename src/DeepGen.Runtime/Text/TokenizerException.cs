namespace DeepGen.Text;

/// <summary>A tokenizer's file is damaged or of a kind that cannot be read; the message says what was found and what can be.</summary>
public sealed class TokenizerException : IOException
{
    /// <summary>An error without details.</summary>
    public TokenizerException()
    {
    }

    /// <summary>An error with its description.</summary>
    public TokenizerException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its description and its cause.</summary>
    public TokenizerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
