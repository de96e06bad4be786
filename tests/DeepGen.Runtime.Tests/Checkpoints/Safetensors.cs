using System.Buffers.Binary;
using System.Text;

namespace DeepGen.Tests;

/// <summary>Writes files that no honest writer would.</summary>
internal static class Safetensors
{
    /// <summary>One tensor 'w' of two floats, 1 and 2.</summary>
    public const string Honest = """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    public static readonly byte[] OneTwo = [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40];

    public static byte[] File(string header, byte[]? data = null, ulong? headerLength = null)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, headerLength ?? (ulong)json.Length);
        return [.. prefix, .. json, .. data ?? OneTwo];
    }

    public static ParameterSet Pair() => new([TestParameters.Declare("w", [2], kind: Initializer.Zeros)], 1);

    /// <summary>Loads from a file and from a stream, both of which must fail, and leave everything as it was.</summary>
    public static string Refused(byte[] file, ParameterSet? parameters = null)
    {
        parameters ??= Pair();
        var before = TestParameters.All(parameters);
        string path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(path, file);
            var error = Assert.Throws<CheckpointException>(() => parameters.Load(path));
            Assert.StartsWith($"cannot load '{path}': ", error.Message);
            Assert.Equal(before, TestParameters.All(parameters));
            return error.Message;
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
