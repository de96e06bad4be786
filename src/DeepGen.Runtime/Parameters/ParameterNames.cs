using System.Globalization;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// The order of names is PyTorch's: all parameters of a stack's copy 0, then those of copy 1. Memory has another order: all
/// copies of one parameter lie together.
/// </summary>
internal static class ParameterNames
{
    /// <summary>One copy of a declaration: its name, and which copy within the slab it is.</summary>
    public readonly record struct Copy(int Declaration, string Name, int Index);

    public static IEnumerable<Copy> Expand(IReadOnlyList<ParameterDeclaration> declarations) =>
        Expand(declarations, declarations.Select((d, i) => new Copy(i, d.Path, 0)).ToList(), 0);

    private static IEnumerable<Copy> Expand(IReadOnlyList<ParameterDeclaration> declarations, List<Copy> run, int depth)
    {
        for (int first = 0, end; first < run.Count; first = end)
        {
            string prefix = StackPrefix(run[first].Name);
            end = first + 1;
            if (prefix.Length == 0)
            {
                yield return run[first];
                continue;
            }

            while (end < run.Count && StackPrefix(run[end].Name) == prefix)
            {
                end++;
            }

            int count = declarations[run[first].Declaration].Counts[depth];
            for (int i = 0; i < count; i++)
            {
                string start = prefix + i.ToString(CultureInfo.InvariantCulture);
                var inner = run[first..end].ConvertAll(c => c with
                {
                    Name = start + c.Name[(prefix.Length + 1)..],
                    Index = (c.Index * count) + i,
                });
                foreach (var copy in Expand(declarations, inner, depth + 1))
                {
                    yield return copy;
                }
            }
        }
    }

    private static string StackPrefix(string name) => name[..(name.IndexOf('*', StringComparison.Ordinal) is var at and >= 0 ? at : 0)];
}
