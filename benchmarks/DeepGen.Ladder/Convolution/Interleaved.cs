using System.Runtime.CompilerServices;
using DeepGen.Runtime;
using static DeepGen.Ladder.Convolution.Shape;

namespace DeepGen.Ladder.Convolution;

/// <summary>Channels innermost: x is [image][row][column][channel], w [3][3][in][out], and sixteen channels out are one vector.</summary>
internal static class Interleaved<L>
    where L : struct, ILanes<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float x, ref float w, ref float y)
    {
        for (nint pixel = 0; pixel < Images * Size * Size; pixel++)
        {
            nint column = pixel % Size, row = pixel / Size % Size, image = pixel / (Size * Size);
            for (nint co = 0; co < Out; co += 16)
            {
                L sum = L.Zero;
                for (nint ky = 0; ky < 3; ky++)
                {
                    for (nint kx = 0; kx < 3; kx++)
                    {
                        nint r = row + ky - 1, c = column + kx - 1;
                        if (r is < 0 or >= Size || c is < 0 or >= Size)
                            continue;
                        for (nint ci = 0; ci < In; ci++)
                            sum = L.Fma(L.Broadcast(Unsafe.Add(ref x, (((((image * Size) + r) * Size) + c) * In) + ci)), L.Load(ref w, (((((ky * 3) + kx) * In) + ci) * Out) + co), sum);
                    }
                }

                L.Store(sum, ref y, (pixel * Out) + co);
            }
        }
    }
}
