namespace DeepGen;

/// <summary>Whether somebody watches, and how much fits on a line.</summary>
internal static class Terminal
{
    /// <summary>Whether what is written to a writer appears on a terminal: known of the console's own two.</summary>
    public static bool Is(TextWriter writer) =>
        ReferenceEquals(writer, Console.Error) ? !Console.IsErrorRedirected : ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected;

    /// <summary>How many letters a line has; a terminal that does not say so gets lines as they are.</summary>
    public static int Width()
    {
        try
        {
            return Console.WindowWidth > 1 ? Console.WindowWidth : int.MaxValue;
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            return int.MaxValue;
        }
    }
}
