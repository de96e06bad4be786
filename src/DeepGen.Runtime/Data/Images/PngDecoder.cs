using System.IO.Compression;

namespace DeepGen.Data;

/// <summary>
/// Every byte of a row is stored as its difference from a prediction by the bytes to the left (a), above (b) and above left (c);
/// the filters are nothing, a, b, ⌊(a + b) / 2⌋ and Paeth's choice, the one of a, b, c nearest to a + b - c.
/// </summary>
internal static class PngDecoder
{
    public static Image Decode(ReadOnlySpan<byte> bytes, string file)
    {
        var chunks = new PngChunks(bytes, file);
        chunks.Next();
        if (chunks.Type != "IHDR" || chunks.Data.Length != PngHeader.Length)
        {
            throw chunks.Error(chunks.DataAt - 8, $"expected the chunk IHDR of 13 bytes, found {Excerpt.Of(chunks.Type)} of {chunks.Data.Length}");
        }

        var header = PngHeader.Parse(chunks.Data, file, chunks.DataAt);
        using var packed = new MemoryStream();
        int dataAt = 0;
        for (chunks.Next(); chunks.Type != "IEND"; chunks.Next())
        {
            if (chunks.Type == "IDAT")
            {
                dataAt = dataAt == 0 ? chunks.DataAt : dataAt;
                packed.Write(chunks.Data);
            }
            else if (chunks.Type == "tRNS")
            {
                throw chunks.Error(chunks.DataAt - 4, "this picture has a transparent colour; expected grey or RGB without one");
            }
            else if (!chunks.IsAncillary && chunks.Type != "PLTE")
            {
                throw chunks.Error(chunks.DataAt - 4, $"expected a chunk IDAT or IEND, found {Excerpt.Of(chunks.Type)}");
            }
        }

        chunks.ExpectEnd();
        if (header.FilteredLength > ByteSource.MostUnpacked(packed.Length))
        {
            throw chunks.Error(
                dataAt, $"a picture of {header.Width} x {header.Height} pixels was announced, but {packed.Length} packed bytes cannot hold it");
        }

        packed.Position = 0;
        try
        {
            return Unpack(header, packed, chunks, dataAt);
        }
        catch (InvalidDataException e)
        {
            throw chunks.Error(dataAt, $"the compressed pixels are damaged: {e.Message}", e);
        }
    }

    private static Image Unpack(PngHeader header, Stream packed, PngChunks chunks, int dataAt)
    {
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        var pixels = new byte[header.RowLength * header.Height];
        var above = new byte[header.RowLength].AsSpan();
        Span<byte> filter = stackalloc byte[1];
        for (int y = 0; y < header.Height; y++)
        {
            var row = pixels.AsSpan(y * header.RowLength, header.RowLength);
            int read = unpacked.ReadAtLeast(filter, 1, throwOnEndOfStream: false);
            read += unpacked.ReadAtLeast(row, row.Length, throwOnEndOfStream: false);
            if (read < row.Length + 1)
            {
                throw chunks.Error(dataAt, $"the compressed pixels end within row {y}, expected {header.Height} rows");
            }

            if (filter[0] > 4)
            {
                throw chunks.Error(dataAt, $"row {y} has the filter {filter[0]}, expected 0 to 4");
            }

            Restore(filter[0], row, above, header.Channels);
            above = row;
        }

        return unpacked.Read(filter) == 0
            ? new Image(header.Width, header.Height, header.Channels, pixels)
            : throw chunks.Error(dataAt, $"the compressed pixels go on after the last of {header.Height} rows");
    }

    private static void Restore(int filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int a = i < step ? 0 : row[i - step];
            int b = above[i];
            row[i] += filter switch
            {
                0 => 0,
                1 => (byte)a,
                2 => (byte)b,
                3 => (byte)((a + b) / 2),
                _ => (byte)Nearest(a, b, i < step ? 0 : above[i - step]),
            };
        }
    }

    private static int Nearest(int a, int b, int c)
    {
        int toA = Math.Abs(b - c);
        int toB = Math.Abs(a - c);
        int toC = Math.Abs(a + b - (2 * c));
        return toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
    }
}
