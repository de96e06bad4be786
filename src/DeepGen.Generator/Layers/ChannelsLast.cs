using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Layers;

/// <summary>
/// [B,C,H,W] ↔ [B,H,W,C]. Users and files have channels first, sliding windows have them last; layers turn values around
/// where they need to, and a pass makes turns that meet cancel. A signal, [B,C,T], is an image of one row, [B,1,T,C].
/// </summary>
internal static class ChannelsLast
{
    public static Term ToChannelsLast(this Term x) => x.Shape.Rank == 4
        ? x.Transpose(0, 2, 3, 1)
        : x.Transpose(0, 2, 1).Reshape(Shape.Of(x.Shape[0], 1, x.Shape[2], x.Shape[1]));

    public static Term ToChannelsFirst(this Term x, int sides = 2) => sides == 2
        ? x.Transpose(0, 3, 1, 2)
        : x.Reshape(Shape.Of(x.Shape[0], x.Shape[2], x.Shape[3])).Transpose(0, 2, 1);
}
