using System.Runtime.CompilerServices;
using DeepGen.Ladder.Tiles;
using DeepGen.Runtime;
using static DeepGen.Ladder.Convolution.Shape;

namespace DeepGen.Ladder.Convolution;

/// <summary>
/// Winograd's F(2x2, 3x3): four outputs from sixteen products instead of thirty-six. Image and weights are transformed, sixteen
/// products of matrices are made, and their results are transformed back: y = Aᵀ [(G w Gᵀ) · (Bᵀ x B)] A.
/// </summary>
internal sealed class Winograd<L>
    where L : struct, ILanes<L>
{
    private const int Side = Size / 2, Squares = Side * Side;

    private readonly Panels<L>[] _weights = new Panels<L>[16];
    private readonly Floats _input = new(16 * Squares * In), _products = new(16 * Squares * Out), _half = new(16 * 16);

    /// <param name="w">[3][3][in][out].</param>
    public Winograd(Floats w)
    {
        float[][] g = [[1, 0, 0], [0.5f, 0.5f, 0.5f], [0.5f, -0.5f, 0.5f], [0, 0, 1]];
        for (int point = 0; point < 16; point++)
        {
            float[] down = g[point / 4], across = g[point % 4];
            _weights[point] = new Panels<L>(Floats.Of(In * Out, i => Transformed(i, down, across)), In, Out);
        }

        float Transformed(int i, float[] down, float[] across)
        {
            double sum = 0;
            for (int tap = 0; tap < 9; tap++)
                sum += (double)down[tap / 3] * across[tap % 3] * w.Span[(tap * In * Out) + i];
            return (float)sum;
        }
    }

    public void Run(ref float bordered, ref float y)
    {
        TransformImage(ref bordered);
        for (int point = 0; point < 16; point++)
            _weights[point].Multiply<Plain<L>>(ref Unsafe.Add(ref _input.Start, point * Squares * In), Squares, In, 1, 0, ref Unsafe.Add(ref _products.Start, point * Squares * Out), Out, ref y);
        TransformBack(ref y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformImage(ref float bordered)
    {
        ref float half = ref _half.Start;
        for (nint square = 0; square < Squares; square++)
        {
            for (nint ci = 0; ci < In; ci += 16)
            {
                ref float from = ref Unsafe.Add(ref bordered, (((square / Side * 2 * Bordered) + (square % Side * 2)) * In) + ci);
                ref float to = ref Unsafe.Add(ref _input.Start, (square * In) + ci);
                for (nint column = 0; column < 4; column++)
                    Image(ref Unsafe.Add(ref from, column * In), Bordered * In, ref Unsafe.Add(ref half, column * 16), 64);
                for (nint row = 0; row < 4; row++)
                    Image(ref Unsafe.Add(ref half, row * 64), 16, ref Unsafe.Add(ref to, row * 4 * Squares * In), Squares * In);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformBack(ref float y)
    {
        ref float half = ref _half.Start;
        for (nint square = 0; square < Squares; square++)
        {
            for (nint co = 0; co < Out; co += 16)
            {
                ref float from = ref Unsafe.Add(ref _products.Start, (square * Out) + co);
                ref float to = ref Unsafe.Add(ref y, (((square / Side * 2 * Size) + (square % Side * 2)) * Out) + co);
                for (nint column = 0; column < 4; column++)
                    Back(ref Unsafe.Add(ref from, column * Squares * Out), 4 * Squares * Out, ref Unsafe.Add(ref half, column * 16), 64);
                for (nint row = 0; row < 2; row++)
                    Back(ref Unsafe.Add(ref half, row * 64), 16, ref Unsafe.Add(ref to, row * Size * Out), Out);
            }
        }
    }

    /// <summary>Bᵀ times four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Image(ref float x, nint step, ref float y, nint yStep)
    {
        L a = L.Load(ref x, 0), b = L.Load(ref x, step), c = L.Load(ref x, 2 * step), d = L.Load(ref x, 3 * step);
        L.Store(a - c, ref y, 0);
        L.Store(b + c, ref y, yStep);
        L.Store(c - b, ref y, 2 * yStep);
        L.Store(b - d, ref y, 3 * yStep);
    }

    /// <summary>Aᵀ times four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Back(ref float x, nint step, ref float y, nint yStep)
    {
        L a = L.Load(ref x, 0), b = L.Load(ref x, step), c = L.Load(ref x, 2 * step), d = L.Load(ref x, 3 * step);
        L.Store(a + b + c, ref y, 0);
        L.Store(b - c - d, ref y, yStep);
    }
}
