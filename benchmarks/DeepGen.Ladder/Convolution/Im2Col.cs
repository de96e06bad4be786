using DeepGen.Ladder.Tiles;
using DeepGen.Runtime;
using static DeepGen.Ladder.Convolution.Shape;

namespace DeepGen.Ladder.Convolution;

/// <summary>Every pixel's nine neighbours written out as a row of a matrix, then one product; what most libraries did first.</summary>
internal sealed class Im2Col<L>
    where L : struct, ILanes<L>
{
    private readonly Floats _rows = new(Size * Size * 3 * Three);

    public void Run(ReadOnlySpan<float> bordered, Panels<L> w, ref float y)
    {
        for (int pixel = 0; pixel < Size * Size; pixel++)
        {
            for (int ky = 0; ky < 3; ky++)
            {
                int from = (((pixel / Size) + ky) * Bordered) + (pixel % Size);
                bordered.Slice(from * In, Three).CopyTo(_rows.Span[(((pixel * 3) + ky) * Three)..]);
            }
        }

        w.Multiply<Plain<L>>(ref _rows.Start, Size * Size, 3 * Three, 1, 0, ref y, Out, ref y);
    }
}
