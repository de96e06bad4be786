using DeepGen.Data;

namespace DeepGen.Tests;

public class PngTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 5, 1)]
    [InlineData(5, 7, 3)]
    [InlineData(300, 2, 3)]
    public void What_is_written_is_read_back(int width, int height, int channels)
    {
        var image = Random(width, height, channels);
        var read = PngFile.Decode(PngFile.Encode(image), "x");
        Assert.Equal(image.ToString(), read.ToString());
        Assert.Equal(image.Pixels, read.Pixels);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    public void Every_filter_is_undone(byte filter, int channels)
    {
        var image = Random(9, 6, channels);
        byte[] file = DataFiles.Png(9, 6, (byte)(channels == 1 ? 0 : 2), Filtered(image, _ => filter));
        Assert.Equal(image.Pixels, PngFile.Decode(file, "x").Pixels);
    }

    [Fact]
    public void Filters_may_change_from_row_to_row()
    {
        var image = Random(11, 25, 3);
        Assert.Equal(image.Pixels, PngFile.Decode(DataFiles.Png(11, 25, 2, Filtered(image, y => (byte)(y * 7 % 5))), "x").Pixels);
    }

    [Fact]
    public void Predictions_by_hand()
    {
        // Row 0: 10, 20, 30. Then left: 5, 5 + 1, 6 + 1; above; average of left and above; Paeth with a = 9, b = 6, c = 5: p = 10, so 9.
        byte[] rows = [0, 10, 20, 30, 1, 5, 1, 1, 2, 0, 0, 3, 3, 1, 2, 3, 4, 1, 0, 255];
        Assert.Equal(
            [10, 20, 30, 5, 6, 7, 5, 6, 10, 3, 6, 11, 4, 6, 10],
            PngFile.Decode(DataFiles.Png(3, 5, 0, rows), "x").Pixels);
    }

    [Fact]
    public void Pixels_may_be_spread_over_chunks_and_other_chunks_passed_over()
    {
        byte[] packed = DataFiles.Zlib([0, 1, 2, 0, 3, 4]);
        byte[] head = DataFiles.Png(2, 2, 0, [])[..33];
        byte[] file =
        [
            .. head, .. DataFiles.PngChunk("tEXt", [1, 2, 3]), .. DataFiles.PngChunk("IDAT", packed[..3]), .. DataFiles.PngChunk("IDAT", []),
            .. DataFiles.PngChunk("IDAT", packed[3..]), .. DataFiles.PngChunk("IEND", []),
        ];
        Assert.Equal([1, 2, 3, 4], PngFile.Decode(file, "x").Pixels);
    }

    [Theory]
    [InlineData(3, 8, 0, "byte 25: this picture has a palette; expected grey or RGB")]
    [InlineData(4, 8, 0, "byte 25: this picture has an alpha channel")]
    [InlineData(6, 8, 0, "byte 25: this picture has an alpha channel")]
    [InlineData(5, 8, 0, "byte 25: expected a kind of colour")]
    [InlineData(0, 16, 0, "byte 24: this picture has 16 bits a channel; expected 8")]
    [InlineData(0, 1, 0, "byte 24: this picture has 1 bits a channel; expected 8")]
    [InlineData(0, 8, 1, "byte 28: this picture is interlaced")]
    public void Other_kinds_of_pictures_are_refused_by_name(byte colour, byte bits, byte interlaced, string message) =>
        Assert.Contains(message, DataFiles.Refused(() => PngFile.Decode(DataFiles.Png(1, 1, colour, [0, 1], bits, interlaced), "x")));

    [Fact]
    public void A_transparent_colour_and_unknown_parts_are_refused()
    {
        Assert.Contains("byte 37: this picture has a transparent colour", DataFiles.Refused(
            () => PngFile.Decode(DataFiles.Png(1, 1, 0, [0, 1], extra: DataFiles.PngChunk("tRNS", [0, 1])), "x")));
        Assert.Contains("byte 37: expected a chunk IDAT or IEND, found ABcD", DataFiles.Refused(
            () => PngFile.Decode(DataFiles.Png(1, 1, 0, [0, 1], extra: DataFiles.PngChunk("ABcD", [])), "x")));
    }

    [Fact]
    public void Damage_is_refused_with_its_place()
    {
        byte[] good = DataFiles.Png(2, 2, 0, [0, 1, 2, 0, 3, 4]);
        Assert.Contains("'x', byte 0: expected a PNG file", DataFiles.Refused(() => PngFile.Decode([.. "GIF89a"u8, .. good], "x")));
        Assert.Contains("byte 29: expected the checksum", DataFiles.Refused(() => PngFile.Decode([.. good[..20], 9, .. good[21..]], "x")));
        Assert.Contains("the file ends here, expected a chunk", DataFiles.Refused(() => PngFile.Decode(good[..^12], "x")));
        Assert.Contains("a chunk of", DataFiles.Refused(() => PngFile.Decode(good[..45], "x")));
        Assert.Contains("but 1 bytes follow", DataFiles.Refused(() => PngFile.Decode([.. good, 0], "x")));
        Assert.Contains("end within row 1, expected 2 rows", DataFiles.Refused(() => PngFile.Decode(DataFiles.Png(2, 2, 0, [0, 1, 2, 0, 3]), "x")));
        Assert.Contains("go on after the last of 2 rows", DataFiles.Refused(() => PngFile.Decode(DataFiles.Png(2, 2, 0, [0, 1, 2, 0, 3, 4, 5]), "x")));
        Assert.Contains("row 1 has the filter 5, expected 0 to 4", DataFiles.Refused(() => PngFile.Decode(DataFiles.Png(2, 2, 0, [0, 1, 2, 5, 3, 4]), "x")));
        Assert.Contains("0 x 2 pixels was announced", DataFiles.Refused(() => PngFile.Decode(DataFiles.Png(0, 2, 0, [0, 0]), "x")));
    }

    [Theory]
    [InlineData(20000, 20000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Sizes_the_file_cannot_hold_take_no_memory(int width, int height)
    {
        byte[] file = DataFiles.Png(width, height, 2, [0, 1, 2, 3]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains($"a picture of {width} x {height} pixels", DataFiles.Refused(() => PngFile.Decode(file, "x")));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Values_are_channel_first_and_bytes_are_not()
    {
        var image = new Image(2, 1, 3, [1, 2, 3, 4, 5, 6]);
        var values = new float[6];
        image.CopyTo(values);
        Assert.Equal([1, 4, 2, 5, 3, 6], values);
        Assert.Equal(image.Pixels, Image.FromValues(values, 3, 1, 2, 0, 255).Pixels);
        Assert.Equal([0, 0, 128, 255, 255], Image.FromValues([-1, float.NaN, 0.5f, 1, 7], 1, 1, 5).Pixels);
    }

    [Fact]
    public void A_folder_for_each_class_makes_samples()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "b/2.png", "b/10.PNG", "a/x.png", "B/1.png" })
        {
            string path = Path.Combine(folder.Path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            PngFile.Write(path, new Image(2, 1, 1, [(byte)name[0], (byte)name[2]]));
        }

        File.WriteAllText(Path.Combine(folder.Path, "a", "notes.txt"), "");
        var pictures = ImageFolder.Open(folder.Path);
        Assert.Equal(["B", "a", "b"], pictures.ClassNames.ToArray());
        var data = pictures.Load();
        Assert.Equal("4 samples: [1, 1, 2] to class", data.ToString());
        Assert.Equal("B1 ax b1 b2", string.Join(" ", Enumerable.Range(0, 4).Select(i => $"{(char)data.Input(i)[0]}{(char)data.Input(i)[1]}")));
        Assert.Equal([0, 1, 2, 2], Enumerable.Range(0, 4).Select(i => data.Class(i)));
        Assert.Equal(2, ImageFolder.Open(folder.Path, ["b", "a", "B"]).Load().Class(0));
        Assert.Contains("expected a folder named after one of the classes a, b", DataFiles.Refused(() => ImageFolder.Open(folder.Path, ["a", "b"])));

        var streamed = pictures.Stream(shuffle: 3);
        Assert.Equal(4, streamed.Count);
        Assert.Equal([0, 1, 2, 2], streamed.Batches(new BatchOptions(4)).Single().Targets[0].Classes.ToArray().Order());

        PngFile.Write(Path.Combine(folder.Path, "b", "3.png"), new Image(2, 1, 3, new byte[6]));
        Assert.Contains("expected a picture of 2 x 1 grey", DataFiles.Refused(() => ImageFolder.Open(folder.Path).Load()));
    }

    private static Image Random(int width, int height, int channels)
    {
        var pixels = new byte[width * height * channels];
        new Random(width + channels).NextBytes(pixels);
        return new Image(width, height, channels, pixels);
    }

    /// <summary>The filters as the specification states them, from the raw picture.</summary>
    private static byte[] Filtered(Image image, Func<int, byte> filterOf)
    {
        var rows = new List<byte>();
        int length = image.Width * image.Channels;
        int Raw(int y, int i) => y < 0 || i < 0 ? 0 : image.Pixels[(y * length) + i];
        for (int y = 0; y < image.Height; y++)
        {
            byte filter = filterOf(y);
            rows.Add(filter);
            for (int i = 0; i < length; i++)
            {
                int a = Raw(y, i - image.Channels);
                int b = Raw(y - 1, i);
                int c = i < image.Channels ? 0 : Raw(y - 1, i - image.Channels);
                int p = a + b - c;
                int paeth = new[] { (Math.Abs(p - a), 0, a), (Math.Abs(p - b), 1, b), (Math.Abs(p - c), 2, c) }.Min().Item3;
                int[] predictions = [0, a, b, (a + b) >> 1, paeth];
                rows.Add((byte)(Raw(y, i) - predictions[filter]));
            }
        }

        return [.. rows];
    }
}
