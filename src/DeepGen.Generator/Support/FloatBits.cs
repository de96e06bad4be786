namespace DeepGen.Generator.Support;

/// <summary>A float32 as its bits.</summary>
internal static class FloatBits
{
    public static uint Of(float value) => BitConverter.ToUInt32(BitConverter.GetBytes(value), 0);

    public static float ToFloat(uint bits) => BitConverter.ToSingle(BitConverter.GetBytes(bits), 0);
}
