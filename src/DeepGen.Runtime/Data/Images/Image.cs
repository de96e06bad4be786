using System.Diagnostics.CodeAnalysis;

namespace DeepGen.Data;

/// <summary>A picture of bytes, grey or red-green-blue: byte (y, x, c) lies at ((y · width) + x) · channels + c.</summary>
public sealed class Image
{
    /// <summary>Takes the bytes as they are, without a copy.</summary>
    /// <exception cref="ArgumentException">The channels are neither one nor three, or the bytes do not fit the sizes.</exception>
    public Image(int width, int height, int channels, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(pixels);
        if (channels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "expected 1 for grey or 3 for colours");
        }

        if ((UInt128)width * (uint)height * (uint)channels != (uint)pixels.Length)
        {
            throw new ArgumentException($"{pixels.Length} bytes are no picture of {width} x {height} with {channels} channels", nameof(pixels));
        }

        (Width, Height, Channels, Pixels) = (width, height, channels, pixels);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; }

    /// <summary>The bytes, row by row, the channels of a pixel together.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "The array belongs to whoever made the picture.")]
    public byte[] Pixels { get; }

    /// <summary>A picture of values [channels, height, width] as networks take them: low becomes 0, high 255, what is beyond is cut.</summary>
    /// <exception cref="ArgumentException">The values do not fit the sizes.</exception>
    public static Image FromValues(ReadOnlySpan<float> values, int channels, int height, int width, float low = 0, float high = 1)
    {
        var image = new Image(width, height, channels, new byte[values.Length]);
        int plane = height * width;
        for (int i = 0; i < values.Length; i++)
        {
            float level = (values[i] - low) / (high - low) * 255;
            image.Pixels[(i % plane * channels) + (i / plane)] = level > 0 ? (byte)(Math.Min(level, 255) + 0.5f) : (byte)0;
        }

        return image;
    }

    /// <summary>The bytes as values [channels, height, width] from 0 to 255.</summary>
    /// <exception cref="ArgumentException">There is not just enough room.</exception>
    public void CopyTo(Span<float> values)
    {
        if (values.Length != Pixels.Length)
        {
            throw new ArgumentException($"{Pixels.Length} values need as much room, there is room for {values.Length}", nameof(values));
        }

        int plane = Height * Width;
        for (int channel = 0; channel < Channels; channel++)
        {
            var to = values.Slice(channel * plane, plane);
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = Pixels[(i * Channels) + channel];
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Width} x {Height} {(Channels == 1 ? "grey" : "RGB")}";
}
