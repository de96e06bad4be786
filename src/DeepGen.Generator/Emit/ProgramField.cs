namespace DeepGen.Generator.Emit;

/// <summary>
/// The static field of a compiled reading. Predictions, the shortest of which take nanoseconds, have a constant; another reading's program is made when
/// it is first wanted, so that who never wants it need not have its code. Two threads may each make one: either serves.
/// </summary>
internal static class ProgramField
{
    private const string Eager = "Predict";

    public static string Declaration(string type, string reading) =>
        reading == Eager ? $"private static readonly {type} {Name(reading)} = {reading}Program();" : $"private static {type}? {Name(reading)};";

    /// <summary>The program, as text.</summary>
    public static string Value(string reading) => reading == Eager ? Name(reading) : $"({Made(reading)})";

    /// <summary>The program, as text, where nothing stands beside it.</summary>
    public static string Made(string reading) => $"{Name(reading)} ??= {reading}Program()";

    private static string Name(string reading) => "s_" + char.ToLowerInvariant(reading[0]) + reading.Substring(1);
}
