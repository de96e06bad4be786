namespace DeepGen.Generator.Layers;

/// <summary>
/// [B,C,H,W] ↔ [B,H,W,C]. Users and files have channels first, sliding windows have them last; layers turn values around
/// where they need to, and a pass makes turns that meet cancel.
/// </summary>
internal static class ChannelsLast
{
    public static Term ToChannelsLast(this Term x) => x.Transpose(0, 2, 3, 1);

    public static Term ToChannelsFirst(this Term x) => x.Transpose(0, 3, 1, 2);
}
