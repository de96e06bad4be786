using System.IO.Compression;
using DeepGen.Data;

namespace DeepGen.Tests;

public class NpyTests
{
    private static readonly byte[] Six = DataFiles.LittleEndian(0, 1, 2, 3, 4, 5);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void All_versions_of_the_header(byte version)
    {
        var array = Read(DataFiles.Npy("<f4", "(2, 3)", Six, version: version));
        Assert.Equal([2, 3], array.Shape.ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 5], array.Values);
    }

    [Fact]
    public void In_Fortran_order_the_first_axis_runs_fastest()
    {
        Assert.Equal([0, 2, 4, 1, 3, 5], Read(DataFiles.Npy("<f4", "(2, 3)", Six, fortran: true)).Values);
        float[] values = [.. Enumerable.Range(0, 24).Select(i => (float)i)];
        var array = Read(DataFiles.Npy("<f4", "(2, 3, 4)", DataFiles.LittleEndian(values), fortran: true)).Values;
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                for (int k = 0; k < 4; k++)
                {
                    Assert.Equal(i + (2 * j) + (6 * k), array[(((i * 3) + j) * 4) + k]);
                }
            }
        }
    }

    [Theory]
    [InlineData("|b1", new byte[] { 1 }, 1f)]
    [InlineData("|u1", new byte[] { 200 }, 200f)]
    [InlineData("|i1", new byte[] { 200 }, -56f)]
    [InlineData("<u2", new byte[] { 1, 255 }, 65281f)]
    [InlineData(">u2", new byte[] { 1, 255 }, 511f)]
    [InlineData("<i2", new byte[] { 1, 255 }, -255f)]
    [InlineData(">i4", new byte[] { 255, 255, 255, 254 }, -2f)]
    [InlineData("<u4", new byte[] { 0, 0, 0, 128 }, 2147483648f)]
    [InlineData("<i8", new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, -1f)]
    [InlineData(">u8", new byte[] { 128, 0, 0, 0, 0, 0, 0, 0 }, 9223372036854775808f)]
    [InlineData("<f2", new byte[] { 0, 0x3E }, 1.5f)]
    [InlineData(">f4", new byte[] { 0x3F, 0xC0, 0, 0 }, 1.5f)]
    [InlineData("=f4", new byte[] { 0, 0, 0xC0, 0x3F }, 1.5f)]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x3F }, 1.5f)]
    public void All_types_of_both_orders(string type, byte[] number, float value) =>
        Assert.Equal([value], Read(DataFiles.Npy(type, "(1,)", number)).Values);

    [Fact]
    public void A_single_number_has_no_axes()
    {
        var array = Read(DataFiles.Npy("<f4", "()", DataFiles.LittleEndian(7)));
        Assert.Empty(array.Shape);
        Assert.Equal([7], array.Values);
        Assert.Throws<InvalidOperationException>(() => array.ToColumn());
    }

    [Fact]
    public void Labels_stay_exact_and_may_be_whole_floats()
    {
        byte[] labels = [.. BitConverter.GetBytes(16777217L), .. BitConverter.GetBytes(3L)];
        Assert.Equal([16777217, 3], NpyFile.ReadClasses(new MemoryStream(DataFiles.Npy("<i8", "(2,)", labels)), "y"));
        Assert.Equal([4, 2], NpyFile.ReadClasses(new MemoryStream(DataFiles.Npy("<f4", "(2,)", DataFiles.LittleEndian(4, 2))), "y"));
        foreach (float wrong in new[] { 0.5f, -1, float.NaN, 3e9f })
        {
            Assert.Contains("byte 75: expected a class", DataFiles.Refused(
                () => NpyFile.ReadClasses(new MemoryStream(DataFiles.Npy("<f4", "(2,)", DataFiles.LittleEndian(1, wrong))), "y")));
        }
    }

    [Fact]
    public void The_first_axis_counts_samples()
    {
        var column = Read(DataFiles.Npy("<f4", "(2, 3)", Six)).ToColumn();
        Assert.Equal("2 samples of shape [3]", column.ToString());
        Assert.Equal("2 samples of shape [1, 3, 1]", Read(DataFiles.Npy("<f4", "(2, 3)", Six)).ToColumn(1, 3, 1).ToString());
        Assert.Throws<ArgumentException>(() => Read(DataFiles.Npy("<f4", "(2, 3)", Six)).ToColumn(2));
    }

    [Theory]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}", "byte 20: this is a structured array")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", "byte 20: expected a type of numbers (b1, i1")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}", "found '<c8'")]
    [InlineData("{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", "expected True or False, found '0'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, -1)}", "expected a size below 2147483648, found '-'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,)}", "expected a size below 2147483648, found '9'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647)}", "but 4 bytes follow")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1 1)}", "expected ')', found '1'")]
    [InlineData("{'descr': '<f4', 'shape': (1,)}", "the header lacks one of")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x", "expected the header to end, found 'x'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)", "expected '}', found the header's end")]
    [InlineData("{'descr': '<f4", "this string does not end")]
    [InlineData("{'colour': '<f4'}", "expected one of 'descr', 'fortran_order', 'shape', found 'colour'")]
    public void A_bad_header_is_refused_with_place_and_reason(string header, string message) =>
        Assert.Contains(message, DataFiles.Refused(() => Read(DataFiles.Npy(header, DataFiles.LittleEndian(1)))));

    [Fact]
    public void Damaged_beginnings_and_ends_are_refused()
    {
        byte[] good = DataFiles.Npy("<f4", "(2, 3)", Six);
        Assert.Contains("byte 0: expected a .npy array", DataFiles.Refused(() => Read([.. good[..3], 0, .. good[4..]])));
        Assert.Contains("byte 6: expected version 1, 2 or 3", DataFiles.Refused(() => Read([.. good[..6], 4, .. good[7..]])));
        Assert.Contains("byte 8: a header of 65535 bytes", DataFiles.Refused(() => Read([.. good[..8], 255, 255, .. good[10..]])));
        Assert.Contains("with 4 bytes a number was announced, but 23 bytes follow", DataFiles.Refused(() => Read(good[..^1])));
        Assert.Contains("takes 24 bytes, but 25 bytes follow", DataFiles.Refused(() => Read([.. good, 0])));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void An_archive_holds_arrays_by_name(CompressionLevel level)
    {
        byte[] file = DataFiles.Npz(
            level, ("x.npy", DataFiles.Npy("<f4", "(2, 3)", Six)), ("y.npy", DataFiles.Npy("|u1", "(2,)", [4, 9])), ("notes.txt", [1]));
        using var archive = NpzFile.Open(new MemoryStream(file), "data.npz");
        Assert.Equal(["x", "y"], archive.Names.ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 5], archive.Read("x").Values);
        Assert.Equal([4, 9], archive.ReadClasses("y"));
        Assert.Equal("'data.npz': there is no array 'z'; there are: x, y", DataFiles.Refused(() => archive.Read("z")));
    }

    [Fact]
    public void A_damaged_archive_is_refused()
    {
        byte[] file = DataFiles.Npz(CompressionLevel.NoCompression, ("x.npy", DataFiles.Npy("<f4", "(2, 3)", Six)));
        Assert.StartsWith("'a': the archive's directory cannot be read", DataFiles.Refused(() => NpzFile.Open(new MemoryStream(file[..^5]), "a")));
        int numbers = file.AsSpan().IndexOf(Six);
        file[numbers] ^= 1;
        using var archive = NpzFile.Open(new MemoryStream(file), "a");
        Assert.Contains("checksum", DataFiles.Refused(() => archive.Read("x")), StringComparison.OrdinalIgnoreCase);
    }

    private static NumberArray Read(byte[] file) => NpyFile.Read(new MemoryStream(file), "x");
}
