using System.Runtime.CompilerServices;
using DeepGen.Ladder.Tiles;
using DeepGen.Runtime;

namespace DeepGen.Ladder.Pooling;

/// <summary>The convolution's tile on so many lines at a time, and a pass that takes the greatest of what it has stored.</summary>
internal sealed class Passes<L>(Shape shape, Panels<L> w, int lines)
    where L : struct, ILanes<L>
{
    private readonly Floats _stored = new(lines * shape.Size * shape.Out);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(ref float x, ref float b, ref float y)
    {
        for (nint first = 0; first < shape.Size; first += lines)
        {
            for (nint line = 0; line < lines; line++)
                w.Multiply<BiasRelu<L>>(ref Unsafe.Add(ref x, (first + line) * shape.Line), shape.Size, shape.In, 3, shape.Line, ref Unsafe.Add(ref _stored.Start, line * shape.Size * shape.Out), shape.Out, ref b);
            for (nint line = 0; line < lines; line += 2)
                Greatest(ref Unsafe.Add(ref _stored.Start, line * shape.Size * shape.Out), ref Unsafe.Add(ref y, (first + line) / 2 * shape.Pooled * shape.Out));
        }
    }

    /// <summary>One line of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Greatest(ref float x, ref float y)
    {
        nint pixel = shape.Out, line = shape.Size * shape.Out;
        for (nint column = 0; column < shape.Pooled; column++)
        {
            ref float from = ref Unsafe.Add(ref x, 2 * column * pixel);
            ref float to = ref Unsafe.Add(ref y, column * pixel);
            for (nint channel = 0; channel < pixel; channel += 16)
                L.Store(L.Max(L.Max(L.Load(ref from, channel), L.Load(ref from, channel + pixel)), L.Max(L.Load(ref from, channel + line), L.Load(ref from, channel + line + pixel))), ref to, channel);
        }
    }
}
