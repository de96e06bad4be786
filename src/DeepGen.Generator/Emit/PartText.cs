namespace DeepGen.Generator.Emit;

/// <summary>Part number "part" of a loop that "parts" threads share: from part/parts of the way to (part + 1)/parts.</summary>
internal static class PartText
{
    public static (string First, string End) Range(int extent) => Range("0", NumberText.Of(extent));

    /// <summary>The same of a loop that begins somewhere.</summary>
    public static (string First, string End) Range(string from, string to) => from == "0"
        ? ($"(nint)part * {to} / parts", $"((nint)part + 1) * {to} / parts")
        : ($"{from} + ((nint)part * ({to} - {from}) / parts)", $"{from} + (((nint)part + 1) * ({to} - {from}) / parts)");
}
