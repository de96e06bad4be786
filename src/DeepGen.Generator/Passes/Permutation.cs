using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>Permutations of axes as Transpose takes them: axis i of the result is axis p[i] of the source.</summary>
internal static class Permutation
{
    public static EquatableArray<int> Identity(int rank) => Enumerable.Range(0, rank).ToEquatable();

    public static bool IsIdentity(EquatableArray<int> p) => IsIncreasing(p);

    /// <summary>For a whole permutation the same as being the identity; also asked of the axes of a Broadcast.</summary>
    public static bool IsIncreasing(EquatableArray<int> axes)
    {
        for (int i = 1; i < axes.Count; i++)
        {
            if (axes[i] <= axes[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    public static EquatableArray<int> Inverse(EquatableArray<int> p)
    {
        int[] inverse = new int[p.Count];
        for (int i = 0; i < inverse.Length; i++)
        {
            inverse[p[i]] = i;
        }

        return inverse.ToEquatable();
    }

    /// <summary>The one permutation that is Transpose(first) followed by Transpose(second).</summary>
    public static EquatableArray<int> Then(EquatableArray<int> first, EquatableArray<int> second) =>
        second.Items.Select(axis => first[axis]).ToEquatable();

    /// <summary>The axes in ascending order, as positions in the list: sorted[i] = axes[result[i]].</summary>
    public static EquatableArray<int> Sorting(IReadOnlyList<int> axes) =>
        Enumerable.Range(0, axes.Count).OrderBy(i => axes[i]).ToEquatable();
}
