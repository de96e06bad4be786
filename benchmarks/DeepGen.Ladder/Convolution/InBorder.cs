using System.Runtime.CompilerServices;
using DeepGen.Runtime;
using static DeepGen.Ladder.Convolution.Shape;

namespace DeepGen.Ladder.Convolution;

/// <summary>With the border in the buffer, three pixels and their channels are one run of 96 values, and so are their weights.</summary>
internal static class InBorder<L>
    where L : struct, ILanes<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float bordered, ref float w, ref float y)
    {
        for (nint pixel = 0; pixel < Size * Size; pixel++)
        {
            nint column = pixel % Size, row = pixel / Size;
            for (nint co = 0; co < Out; co += 16)
            {
                L sum = L.Zero;
                for (nint ky = 0; ky < 3; ky++)
                {
                    ref float from = ref Unsafe.Add(ref bordered, (((row + ky) * Bordered) + column) * In);
                    for (nint k = 0; k < Three; k++)
                        sum = L.Fma(L.Broadcast(Unsafe.Add(ref from, k)), L.Load(ref w, (((ky * Three) + k) * Out) + co), sum);
                }

                L.Store(sum, ref y, (pixel * Out) + co);
            }
        }
    }
}
