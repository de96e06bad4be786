namespace DeepGen;

/// <summary>Shapes in messages: [32, 1, 3, 3].</summary>
internal static class Shapes
{
    public static string Text(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";

    public static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
