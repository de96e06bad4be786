using System.Runtime.CompilerServices;
using DeepGen.Ladder.Tiles;
using DeepGen.Runtime;
using static DeepGen.Ladder.Convolution.Shape;

namespace DeepGen.Ladder.Convolution;

/// <summary>The best tile of the product on an image row at a time, its weights in panels.</summary>
internal static class PanelTile<L>
    where L : struct, ILanes<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float bordered, Panels<L> w, ref float y)
    {
        for (nint row = 0; row < Size; row++)
            w.Multiply<Plain<L>>(ref Unsafe.Add(ref bordered, row * Bordered * In), Size, In, 3, Bordered * In, ref Unsafe.Add(ref y, row * Size * Out), Out, ref y);
    }
}
