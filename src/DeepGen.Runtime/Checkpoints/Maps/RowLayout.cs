using System.Collections.Immutable;

namespace DeepGen.Checkpoints;

/// <summary>Tensors and parameters as rows, along their first axis, so that several of them can be laid one after another.</summary>
internal static class RowLayout
{
    public static int Rows(Parameter parameter) => parameter.Shape.Length == 0 ? 1 : parameter.Shape[0];

    public static int Rows(StoredTensor tensor, bool transposed) => (int)(Shape(tensor, transposed) is [var first, ..] ? first : 1);

    public static int RowLength(ImmutableArray<int> shape) => shape.Skip(1).Aggregate(1, (n, s) => n * s);

    /// <summary>What keeps the tensors from becoming the parameters, or null.</summary>
    public static string? Complaint(List<StoredTensor> tensors, List<Parameter> targets, bool transposed)
    {
        foreach (var tensor in tensors)
        {
            if (!ElementType.CanBecomeFloat(tensor.Entry.Type))
            {
                return $"'{tensor.Name}' is of type {tensor.Entry.Type}, which is no floating-point type that can be read";
            }

            if (transposed && tensor.Entry.Shape.Length != 2)
            {
                return $"'{tensor.Name}' has the shape {Shapes.Text(tensor.Entry.Shape)} in the file, but a matrix is expected";
            }
        }

        var shapes = tensors.ConvertAll(t => Shape(t, transposed));
        var wanted = targets.ConvertAll(t => t.Shape.Select(s => (long)s).ToArray());
        bool fits = shapes.Count == 1 && wanted.Count == 1
            ? shapes[0].SequenceEqual(wanted[0])
            : shapes.Concat(wanted).All(s => s.Length > 0 && s.Skip(1).SequenceEqual(wanted[0].Skip(1)))
                && shapes.Aggregate((UInt128)0, (n, s) => n + (ulong)s[0]) == wanted.Aggregate((UInt128)0, (n, s) => n + (ulong)s[0]);
        return fits ? null
            : $"{Text(tensors.Select(t => (t.Name, Shapes.Text(t.Entry.Shape))))} in the file cannot become {Text(targets.Select(t => (t.Name, Shapes.Text(t.Shape))))} in the network"
                + (transposed ? " by transposing" : "");
    }

    private static string Text(IEnumerable<(string Name, string Shape)> named) => string.Join(" with ", named.Select(n => $"'{n.Name}' {n.Shape}"));

    private static long[] Shape(StoredTensor tensor, bool transposed) => transposed ? [.. Enumerable.Reverse(tensor.Entry.Shape)] : tensor.Entry.Shape;
}
