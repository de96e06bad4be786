namespace DeepGen.Generator.Emit;

/// <summary>A vector of which each half comes from a place of its own.</summary>
internal static class HalvesText
{
    /// <param name="name">The reference that both places are told from.</param>
    /// <param name="first">Where the first half is.</param>
    /// <param name="second">Where the second is.</param>
    /// <param name="areRuns">Whether a half is eight numbers side by side, not one number eight times.</param>
    public static string Load(string name, string first, string second, bool areRuns) =>
        areRuns ? $"L.LoadHalves(ref {name}, {first}, {second})"
        : first != second ? $"L.BroadcastHalves({AddressText.Reference(name, first)}, {AddressText.Reference(name, second)})"
        : $"L.Broadcast({AddressText.Value(name, first)})";
}
