using System.Runtime.CompilerServices;
using DeepGen.Ladder.Tiles;
using DeepGen.Runtime;

namespace DeepGen.Ladder.Pooling;

/// <summary>Tiles whose rows are pixels of two lines: the greatest of four is taken of sums in registers.</summary>
internal sealed class InTile<L>(Shape shape, Panels<L> w)
    where L : struct, ILanes<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(ref float x, ref float b, ref float y)
    {
        nint pixels = L.IsWide ? 4 : 2;
        for (nint column = 0; column < shape.Out; column += Panels<L>.Width)
        {
            ref float panel = ref w.At(column);
            ref float bias = ref Unsafe.Add(ref b, column);
            for (nint row = 0; row < shape.Pooled; row++)
            {
                for (nint pixel = 0; pixel < shape.Size; pixel += pixels)
                {
                    ref float from = ref Unsafe.Add(ref x, (2 * row * shape.Line) + (pixel * shape.In));
                    ref float to = ref Unsafe.Add(ref y, (((row * shape.Pooled) + (pixel / 2)) * shape.Out) + column);
                    if (L.IsWide)
                        PooledTile8x2<L, BiasRelu<L>>.Run(ref from, shape.In, shape.Line, 3, shape.Three, ref panel, ref to, shape.Out, ref bias);
                    else
                        PooledTile4x1<L, BiasRelu<L>>.Run(ref from, shape.In, shape.Line, 3, shape.Three, ref panel, ref to, ref bias);
                }
            }
        }
    }
}
