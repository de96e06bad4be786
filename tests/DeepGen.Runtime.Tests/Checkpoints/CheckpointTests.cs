using System.Text;

namespace DeepGen.Tests;

public class CheckpointTests
{
    [Fact]
    public void What_was_saved_is_loaded()
    {
        var saved = TestParameters.Small(1);
        var loaded = TestParameters.Small(2);
        using var stream = new MemoryStream();
        saved.Save(stream);
        stream.Position = 0;
        loaded.Load(stream);
        Bits.Equal(TestParameters.All(saved), TestParameters.All(loaded));
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public void Saving_twice_gives_the_same_bytes()
    {
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        TestParameters.Small().Save(first);
        TestParameters.Small().Save(second);
        Assert.Equal(first.ToArray(), second.ToArray());
    }

    [Fact]
    public void The_format_is_the_published_one()
    {
        using var stream = new MemoryStream();
        var pair = Safetensors.Pair();
        pair["w"].Write([1, 2]);
        pair.Save(stream);
        string header = """{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
        Assert.Equal(Safetensors.File(header.PadRight((header.Length + 7) / 8 * 8)), stream.ToArray());
    }

    [Fact]
    public void A_file_is_replaced_as_a_whole_and_leaves_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "net.safetensors");
        File.WriteAllText(path, "old");
        var set = TestParameters.Small(1);
        set.Save(path);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        var loaded = TestParameters.Small(2);
        loaded.Load(path);
        Bits.Equal(TestParameters.All(set), TestParameters.All(loaded));
    }

    [Fact]
    public void A_failed_save_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "taken");
        Directory.CreateDirectory(path);
        Assert.ThrowsAny<Exception>(() => TestParameters.Small().Save(path));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_missing_file_is_reported_as_such() =>
        Assert.Throws<FileNotFoundException>(() => TestParameters.Small().Load(Path.Combine(Path.GetTempPath(), "no such file")));

    [Fact]
    public void A_load_makes_one_new_version()
    {
        var pair = Safetensors.Pair();
        int version = pair.Version;
        pair.Load(new MemoryStream(Safetensors.File(Safetensors.Honest)));
        Assert.Equal([1, 2], pair["w"].Values.ToArray());
        Assert.Equal(version + 1, pair.Version);
    }

    [Theory]
    [InlineData("F64", "000000000000F83F00000000000000C0", 1.5f, -2f)]
    [InlineData("F16", "003E00C0", 1.5f, -2f)]
    [InlineData("BF16", "C03F00C0", 1.5f, -2f)]
    [InlineData("F32", "0000C03F000000C0", 1.5f, -2f)]
    public void Other_floating_point_types_are_converted(string type, string data, float first, float second)
    {
        var pair = Safetensors.Pair();
        var bytes = Convert.FromHexString(data);
        string header = $$$"""{"w":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[0,{{{bytes.Length}}}]}}""";
        pair.Load(new MemoryStream(Safetensors.File(header, bytes)));
        Assert.Equal([first, second], pair["w"].Values.ToArray());
    }

    [Fact]
    public void A_long_tensor_is_converted_piece_by_piece()
    {
        var set = new ParameterSet([TestParameters.Declare("w", [1000])], 1);
        var data = Enumerable.Range(0, 1000).SelectMany(i => BitConverter.GetBytes((double)i)).ToArray();
        set.Load(new MemoryStream(Safetensors.File("""{"w":{"dtype":"F64","shape":[1000],"data_offsets":[0,8000]}}""", data)));
        Assert.Equal(TestValues.Counting(1000, 0), set["w"].Values.ToArray());
    }

    [Fact]
    public void Order_metadata_and_unknown_entries_do_not_matter()
    {
        var set = new ParameterSet([TestParameters.Declare("a", [1]), TestParameters.Declare("é\"", [1])], 1);
        string header = """ {"__metadata__":{"by":"me"},"\u00e9\"":{"note":[{}],"data_offsets":[0,4],"shape":[1],"dtype":"F32"},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}   """;
        set.Load(new MemoryStream(Safetensors.File(header)));
        Assert.Equal([2], set["a"].Values.ToArray());
        Assert.Equal([1], set["é\""].Values.ToArray());
    }

    [Fact]
    public void The_step_counter_of_a_normalisation_is_passed_over()
    {
        var pair = Safetensors.Pair();
        string header = """{"n.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""";
        pair.Load(new MemoryStream(Safetensors.File(header, [.. new byte[8], .. Safetensors.OneTwo])));
        Assert.Equal([1, 2], pair["w"].Values.ToArray());
    }

    [Fact]
    public void A_header_longer_than_a_piece_is_read_through_a_slow_stream()
    {
        var declarations = Enumerable.Range(0, 3000).Select(i => TestParameters.Declare($"layer{i}.weight", [1])).ToArray();
        var saved = new ParameterSet(declarations, 1);
        var loaded = new ParameterSet(declarations, 2);
        using var stream = new MemoryStream();
        saved.Save(stream);
        Assert.True(Encoding.UTF8.GetString(stream.ToArray()).LastIndexOf("layer2999", StringComparison.Ordinal) > 1 << 17);
        loaded.Load(new DrippingStream(stream.ToArray()));
        Bits.Equal(TestParameters.All(saved), TestParameters.All(loaded));
    }
}
