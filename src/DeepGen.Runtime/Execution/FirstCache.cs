using System.Runtime.Intrinsics.X86;

namespace DeepGen.Runtime;

/// <summary>The cache of numbers nearest to a core.</summary>
internal static class FirstCache
{
    /// <summary>What is taken for its size where the processor does not tell.</summary>
    private const int Usual = 32 * 1024;

    /// <summary>Where processors of Intel and of AMD list their caches, in the same form.</summary>
    private static readonly int[] Lists = [4, unchecked((int)0x8000001D)];

    public static int Bytes { get; } = X86Base.IsSupported && Lists.Select(SizeIn).FirstOrDefault(b => b > 0) is > 0 and var bytes ? bytes : Usual;

    private static int SizeIn(int list)
    {
        const int Extended = unchecked((int)0x80000000), MostCaches = 8;
        if ((uint)X86Base.CpuId(list & Extended, 0).Eax < (uint)list)
        {
            return 0;
        }

        for (int cache = 0; cache < MostCaches; cache++)
        {
            (int kind, int lines, int sets, _) = X86Base.CpuId(list, cache);
            (bool isOfData, bool isFirst) = ((kind & 0x1D) == 1, ((kind >> 5) & 7) == 1);
            if (isOfData && isFirst)
            {
                return (((lines >> 22) & 0x3FF) + 1) * (((lines >> 12) & 0x3FF) + 1) * ((lines & 0xFFF) + 1) * (sets + 1);
            }
        }

        return 0;
    }
}
