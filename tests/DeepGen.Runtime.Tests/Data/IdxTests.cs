using DeepGen.Data;

namespace DeepGen.Tests;

public class IdxTests
{
    private static readonly byte[] Images = DataFiles.Idx(8, [2, 2, 3], 0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255);
    private static readonly byte[] Labels = DataFiles.Idx(8, [2], 7, 2);

    [Fact]
    public void Bytes_are_values_as_stored()
    {
        var array = IdxFile.Read(new MemoryStream(Images), "images");
        Assert.Equal([2, 2, 3], array.Shape.ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255], array.Values);
    }

    [Fact]
    public void A_packed_file_is_told_by_its_content()
    {
        var array = IdxFile.Read(new MemoryStream(DataFiles.Gzip(Images)), "images");
        Assert.Equal(255, array.Values[^1]);
        Assert.Equal([7, 2], IdxFile.ReadClasses(new MemoryStream(DataFiles.Gzip(Labels)), "labels"));
    }

    [Fact]
    public void A_stream_that_cannot_seek_will_do() =>
        Assert.Equal(12, IdxFile.Read(new DrippingStream(DataFiles.Gzip(Images)), "images").Values.Length);

    [Theory]
    [InlineData(0x09, new byte[] { 0xFE }, -2f)]
    [InlineData(0x0B, new byte[] { 0xFF, 0x00 }, -256f)]
    [InlineData(0x0C, new byte[] { 0x00, 0x01, 0x00, 0x01 }, 65537f)]
    [InlineData(0x0D, new byte[] { 0xBF, 0xC0, 0x00, 0x00 }, -1.5f)]
    [InlineData(0x0E, new byte[] { 0x3F, 0xD0, 0, 0, 0, 0, 0, 0 }, 0.25f)]
    public void All_types_are_big_endian(byte type, byte[] number, float value) =>
        Assert.Equal([value], IdxFile.Read(new MemoryStream(DataFiles.Idx(type, [1], number)), "x").Values);

    [Fact]
    public void A_large_packed_file_is_read_in_pieces()
    {
        var numbers = new byte[300_000];
        new Random(1).NextBytes(numbers);
        var file = DataFiles.Gzip(DataFiles.Idx(8, [300, 1000], numbers));
        Assert.Equal(numbers.Select(b => (float)b), IdxFile.Read(new MemoryStream(file), "x").Values);
    }

    [Fact]
    public void Images_and_labels_make_samples()
    {
        using var folder = new TemporaryFolder();
        string images = Path.Combine(folder.Path, "images");
        string labels = Path.Combine(folder.Path, "labels");
        File.WriteAllBytes(images, Images);
        File.WriteAllBytes(labels, DataFiles.Gzip(Labels));
        var data = IdxFile.Read(images, labels);
        Assert.Equal("2 samples: [1, 2, 3] to class", data.ToString());
        Assert.Equal([250, 251, 252, 253, 254, 255], data.Input(1).ToArray());
        Assert.Equal(2, data.Class(1));

        File.WriteAllBytes(labels, DataFiles.Idx(8, [3], 7, 2, 1));
        Assert.Equal($"'{labels}', byte 4: expected 2 labels, as many as '{images}' has samples, found 3", DataFiles.Refused(() => IdxFile.Read(images, labels)));
    }

    [Theory]
    [InlineData(new byte[] { }, "'x', byte 0: the file ends here, within the magic number: 4 more bytes were expected")]
    [InlineData(new byte[] { 0, 0, 8 }, "'x', byte 3: the file ends here, within the magic number: 1 more bytes were expected")]
    [InlineData(new byte[] { 80, 75, 3, 4 }, "'x', byte 0: expected an IDX file, which begins with two zeros, found 50 4b")]
    [InlineData(new byte[] { 0, 0, 10, 1, 0, 0, 0, 1, 5 }, "'x', byte 2: expected a type of number, one of 08, 09, 0b, 0c, 0d, 0e, found 0a")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1, 0 }, "'x', byte 9: the file ends here, within the sizes: 3 more bytes were expected")]
    [InlineData(new byte[] { 0, 0, 8, 1, 255, 0, 0, 1, 5 }, "'x', byte 4: expected a size, found 4278190081, more than any file can hold")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 2, 5 }, "'x', byte 8: an array of shape [2] with 1 bytes a number was announced, but 1 bytes follow")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 5, 6 }, "'x', byte 8: an array of shape [1] takes 1 bytes, but 2 bytes follow")]
    public void A_bad_file_is_refused_with_place_and_reason(byte[] file, string message) =>
        Assert.Equal(message, DataFiles.Refused(() => IdxFile.Read(new MemoryStream(file), "x")));

    [Theory]
    [InlineData(0x7FFFFFFF, 0x7FFFFFFF)]
    [InlineData(0x40000000, 2)]
    [InlineData(1 << 20, 1 << 10)]
    public void Sizes_the_file_cannot_hold_take_no_memory(int rows, int columns)
    {
        byte[] file = DataFiles.Idx(13, [rows, columns, 1, 1, 1], 1, 2, 3, 4);
        foreach (byte[] form in new[] { file, DataFiles.Gzip(file) })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains("byte", DataFiles.Refused(() => IdxFile.Read(new MemoryStream(form), "x")));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        }
    }

    [Fact]
    public void A_zero_size_makes_the_others_harmless() =>
        Assert.Empty(IdxFile.Read(new MemoryStream(DataFiles.Idx(8, [0x7FFFFFFF, 0x7FFFFFFF, 0])), "x").Values);

    [Fact]
    public void A_packed_file_that_goes_on_or_breaks_off_is_refused()
    {
        Assert.Equal(
            "'x', byte 28: expected the file to end after the numbers, but more bytes follow",
            DataFiles.Refused(() => IdxFile.Read(new MemoryStream(DataFiles.Gzip([.. Images, 9])), "x")));
        byte[] packed = DataFiles.Gzip(Images);
        Assert.Contains("'x', byte ", DataFiles.Refused(() => IdxFile.Read(new MemoryStream(packed[..^12]), "x")));
        packed[^6] ^= 1;
        Assert.Contains("damaged", DataFiles.Refused(() => IdxFile.Read(new MemoryStream(packed), "x")));
    }

    [Fact]
    public void A_label_must_be_a_natural_number()
    {
        byte[] file = DataFiles.Idx(9, [3], 1, 2, 0xFF);
        Assert.Equal("'x', byte 10: expected a class, a whole number from 0", DataFiles.Refused(() => IdxFile.ReadClasses(new MemoryStream(file), "x")));
        Assert.Contains("expected labels, an array of one axis", DataFiles.Refused(() => IdxFile.ReadClasses(new MemoryStream(Images), "x")));
    }

    [Fact]
    public void A_double_beyond_float32_is_refused()
    {
        byte[] huge = [.. BitConverter.GetBytes(1e39).Reverse()];
        Assert.Equal("'x', byte 8: expected a number that a float32 can hold", DataFiles.Refused(() => IdxFile.Read(new MemoryStream(DataFiles.Idx(14, [1], huge)), "x")));
        byte[] infinity = [.. BitConverter.GetBytes(double.PositiveInfinity).Reverse()];
        Assert.Equal([float.PositiveInfinity], IdxFile.Read(new MemoryStream(DataFiles.Idx(14, [1], infinity)), "x").Values);
    }
}
