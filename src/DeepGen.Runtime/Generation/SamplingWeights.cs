using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>Probabilities up to a factor: e^((logit - greatest) / temperature), 1 for the likeliest, in the runtime's own arithmetic.</summary>
internal static class SamplingWeights
{
    private const int Lanes = 16;

    /// <summary>Replaces logits by weights.</summary>
    public static void Fill(Span<float> logits, float greatest, float temperature)
    {
        if (InstructionSet.Avx512)
        {
            Fill<Lanes512>(logits, greatest, temperature);
        }
        else if (InstructionSet.Avx2)
        {
            Fill<Lanes256>(logits, greatest, temperature);
        }
        else if (InstructionSet.Neon)
        {
            Fill<LanesNeon>(logits, greatest, temperature);
        }
        else if (InstructionSet.Vector128)
        {
            Fill<Lanes128>(logits, greatest, temperature);
        }
        else
        {
            Fill<LanesScalar>(logits, greatest, temperature);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Fill<T>(Span<float> logits, float greatest, float temperature)
        where T : struct, ILanes<T>
    {
        ref float start = ref MemoryMarshal.GetReference(logits);
        T most = T.Broadcast(greatest), divisor = T.Broadcast(temperature);
        int i = 0;
        for (; i <= logits.Length - Lanes; i += Lanes)
        {
            T.Store(Elementary.Exp((T.Load(ref start, i) - most) / divisor), ref start, i);
        }

        int rest = logits.Length - i;
        T.StoreFirst(Elementary.Exp((T.LoadFirst(ref start, i, rest) - most) / divisor), ref start, i, rest);
    }
}
