using System.Runtime.Intrinsics.X86;

namespace DeepGen.Runtime;

/// <summary>The cache of numbers nearest to a core.</summary>
internal static class FirstCache
{
    /// <summary>What is taken for its size where the processor does not tell.</summary>
    private const int Usual = 32 * 1024;

    /// <summary>Where processors of Intel and of AMD list their caches, in the same form.</summary>
    private const int ListOfIntel = 4;
    private const int ListOfAmd = unchecked((int)0x8000001D);

    public static int Bytes { get; } = Ask();

    private static int Ask()
    {
        int told = X86Base.IsSupported ? Math.Max(SizeIn(ListOfIntel), SizeIn(ListOfAmd)) : 0;
        return told > 0 ? told : Usual;
    }

    private static int SizeIn(int list)
    {
        const int Extended = unchecked((int)0x80000000), NoCache = 0, OfCode = 2, MostCaches = 8;
        if ((uint)X86Base.CpuId(list & Extended, 0).Eax < (uint)list)
        {
            return 0;
        }

        for (int cache = 0; cache < MostCaches; cache++)
        {
            (int about, int lines, int sets, _) = X86Base.CpuId(list, cache);
            (int kind, int level) = (about & 0x1F, (about >> 5) & 7);
            if (kind == NoCache)
            {
                break;
            }

            if (kind != OfCode && level == 1)
            {
                return (((lines >> 22) & 0x3FF) + 1) * (((lines >> 12) & 0x3FF) + 1) * ((lines & 0xFFF) + 1) * (sets + 1);
            }
        }

        return 0;
    }
}
