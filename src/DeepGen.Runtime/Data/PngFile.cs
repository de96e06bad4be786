namespace DeepGen.Data;

/// <summary>PNG pictures of 8 bits a channel, grey or RGB, not interlaced.</summary>
public static class PngFile
{
    /// <summary>The picture of a file.</summary>
    /// <exception cref="DataFormatException">The file is damaged, or a picture of another kind.</exception>
    public static Image Read(string path) => Decode(File.ReadAllBytes(path), path);

    /// <summary>The picture in these bytes.</summary>
    /// <param name="bytes">A whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataFormatException">The bytes are damaged, or a picture of another kind.</exception>
    public static Image Decode(ReadOnlySpan<byte> bytes, string name) => PngDecoder.Decode(bytes, name);

    /// <summary>Writes a file.</summary>
    public static void Write(string path, Image image) => File.WriteAllBytes(path, Encode(image));

    /// <summary>The bytes of a file.</summary>
    public static byte[] Encode(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return PngEncoder.Encode(image);
    }
}
