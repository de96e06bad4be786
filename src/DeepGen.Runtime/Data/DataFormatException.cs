namespace DeepGen.Data;

/// <summary>A data file is damaged, or is not what the reader was told to expect: which file, where in it, and what was wrong.</summary>
public sealed class DataFormatException : IOException
{
    /// <summary>An error without details.</summary>
    public DataFormatException()
    {
    }

    /// <summary>An error with its description.</summary>
    public DataFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its description and its cause.</summary>
    public DataFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error at a place of a file.</summary>
    /// <param name="file">The file, as the caller named it.</param>
    /// <param name="place">"byte 16", "line 3, column 2", or nothing where the file as a whole is meant.</param>
    /// <param name="problem">What is wrong and what was expected.</param>
    /// <param name="innerException">The cause, if another library found it.</param>
    public DataFormatException(string file, string place, string problem, Exception? innerException = null)
        : base(place.Length == 0 ? $"'{file}': {problem}" : $"'{file}', {place}: {problem}", innerException)
    {
        File = file;
        Place = place;
    }

    /// <summary>The file.</summary>
    public string? File { get; }

    /// <summary>Where in the file.</summary>
    public string? Place { get; }
}
