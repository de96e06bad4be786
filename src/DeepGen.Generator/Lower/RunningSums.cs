using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>
/// A loop over samples that does nothing but add a few values of each to sums is one call for each sum, which stays in registers:
/// else each sample waits until what the one before it has stored can be loaded.
/// </summary>
internal static class RunningSums
{
    /// <summary>Longer sums have enough to do in between, and would go through the samples too often.</summary>
    private const int MostValues = 4 * Lanes.Count;

    public static void Run(List<Statement> statements)
    {
        for (int i = 0; i < statements.Count; i++)
        {
            if (statements[i] is LoopStatement { OverSamples: true } loop)
            {
                List<NestKernel?> sums = loop.Body.Select(s => s is KernelStatement { Kernel: NestKernel map } ? Running(map) : null).ToList();
                if (sums.All(s => s is not null))
                {
                    statements.RemoveAt(i);
                    statements.InsertRange(i, sums.Select(s => new KernelStatement(s!)));
                }
            }
        }
    }

    private static NestKernel? Running(NestKernel map)
    {
        bool isShort = map.Extents.All(e => e.IsConstant) && map.Extents.Aggregate(1L, (n, e) => n * e.Value) <= MostValues;
        if (!isShort || map.Reduction is not null || !map.Others.IsEmpty || map.Target.Buffer.Memory != Memory.Sums)
        {
            return null;
        }

        List<LoadExpression> own = map.Result.Loads().Where(l => l.View.Buffer == map.Target.Buffer).ToList();
        return own.Count == 1 && own[0].View.IsSame(map.Target)
            ? new NestKernel(map.Title, map.Target, map.Extents, ImmutableArray<Size>.Empty, null, map.Element, map.Result, own[0])
            : null;
    }
}
