using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen.Ladder.Tiles;

/// <summary>
/// A matrix of weights cut into panels of columns, each panel [depth][width]: what a tile reads is one stream from first to
/// last. Made once, when the weights are known, as DeepGen does.
/// </summary>
internal sealed class Panels<L>
    where L : struct, ILanes<L>
{
    private readonly Floats _values;
    private readonly int _depth, _columns;

    public Panels(Floats w, int depth, int columns)
    {
        (_depth, _columns) = (depth, columns);
        _values = Floats.Of(depth * columns, i => w.Span[(i / Width % depth * columns) + (i / (Width * depth) * Width) + (i % Width)]);
    }

    /// <summary>Half as many registers of half the width hold a quarter of the tile.</summary>
    public static int Width => L.IsWide ? 32 : 16;

    /// <summary>The panel that begins with this column.</summary>
    public ref float At(nint column) => ref Unsafe.Add(ref _values.Start, column * _depth);

    /// <summary>y = epilogue(x · w) for a number of rows that eight divides, a panel at a time, so that the panel stays in the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply<E>(ref float x, nint rows, nint xRow, nint runs, nint xRun, ref float y, nint yRow, ref float e)
        where E : struct, IEpilogue<L>
    {
        nint run = _depth / runs;
        for (nint column = 0; column < _columns; column += Width)
        {
            ref float w = ref At(column);
            ref float to = ref Unsafe.Add(ref y, column);
            if (L.IsWide)
            {
                for (nint row = 0; row < rows; row += 8)
                    Tile8x2<L, E>.Run(ref Unsafe.Add(ref x, row * xRow), xRow, runs, xRun, run, ref w, ref Unsafe.Add(ref to, row * yRow), yRow, ref Unsafe.Add(ref e, column));
            }
            else
            {
                for (nint row = 0; row < rows; row += 4)
                    Tile4x1<L, E>.Run(ref Unsafe.Add(ref x, row * xRow), xRow, runs, xRun, run, ref w, 16, ref Unsafe.Add(ref to, row * yRow), yRow, ref Unsafe.Add(ref e, column));
            }
        }
    }
}
