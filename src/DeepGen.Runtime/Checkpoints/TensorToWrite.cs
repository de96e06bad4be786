using System.Runtime.InteropServices;

namespace DeepGen.Checkpoints;

/// <summary>The little-endian bytes of a tensor, fetched when it is written, so that nothing need be copied before.</summary>
internal delegate ReadOnlySpan<byte> TensorData();

/// <summary>A tensor on its way into a file.</summary>
internal sealed record TensorToWrite(string Name, string Type, long[] Shape, TensorData Data)
{
    public static TensorToWrite Of(Parameter parameter) => new(
        parameter.Name, "F32", [.. parameter.Shape.Select(s => (long)s)], () => MemoryMarshal.AsBytes(parameter.Values));

    public static TensorToWrite Of(string name, float[] values) => new(name, "F32", [values.Length], () => MemoryMarshal.AsBytes<float>(values));

    public static TensorToWrite Of(string name, double[] values) => new(name, "F64", [values.Length], () => MemoryMarshal.AsBytes<double>(values));
}
