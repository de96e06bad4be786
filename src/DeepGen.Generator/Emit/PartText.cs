namespace DeepGen.Generator.Emit;

/// <summary>Part number "part" of a loop that "parts" threads share: from part/parts of the way to (part + 1)/parts.</summary>
internal static class PartText
{
    public static (string First, string End) Range(int extent) =>
        ($"(nint)part * {NumberText.Of(extent)} / parts", $"((nint)part + 1) * {NumberText.Of(extent)} / parts");
}
