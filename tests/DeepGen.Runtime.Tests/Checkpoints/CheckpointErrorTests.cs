namespace DeepGen.Tests;

/// <summary>Damaged, hostile and unsuitable files: each is refused with a reason, and nothing is changed.</summary>
public class CheckpointErrorTests
{
    [Fact]
    public void An_empty_file() => Assert.Contains("it is truncated: it ends within the length of its header", Safetensors.Refused([]));

    [Fact]
    public void Half_a_length() => Assert.Contains("it is truncated", Safetensors.Refused([1, 2, 3]));

    [Theory]
    [InlineData(1000UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    public void A_header_longer_than_the_file(ulong length) =>
        Assert.Contains($"its header claims {length} bytes", Safetensors.Refused(Safetensors.File(Safetensors.Honest, headerLength: length)));

    [Fact]
    public void A_header_longer_than_a_stream_takes_no_large_array()
    {
        var file = Safetensors.File(Safetensors.Honest, headerLength: 99_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<CheckpointException>(() => Safetensors.Pair().Load(new DrippingStream(file)));
        Assert.Contains("it is truncated: it ends within its header", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_header_longer_than_the_format_allows() => Assert.Contains("at most 100000000 are possible", Assert.Throws<CheckpointException>(
        () => Safetensors.Pair().Load(new DrippingStream(Safetensors.File(Safetensors.Honest, headerLength: 100_000_001)))).Message);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}{}")]
    [InlineData("null")]
    [InlineData("""{"w":7}""")]
    [InlineData("""{"w":{"dtype":7}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8],}}""")]
    [InlineData("""{"w\uD800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"w":{"x":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}}""")]
    [InlineData("""{"__metadata__":[],"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    public void A_header_that_is_no_proper_object(string header) => Assert.Contains("header", Safetensors.Refused(Safetensors.File(header)));

    [Theory]
    [InlineData("""{"w":{"shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"w":{"dtype":"F32","data_offsets":[0,8]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]}}""")]
    public void An_entry_that_lacks_something(string header) =>
        Assert.Contains("tensor 'w' lacks a dtype, a shape or a pair of data_offsets", Safetensors.Refused(Safetensors.File(header)));

    [Theory]
    [InlineData("[-2]", "[0,8]")]
    [InlineData("[2.5]", "[0,8]")]
    [InlineData("[2]", "[-8,0]")]
    [InlineData("[1e30]", "[0,8]")]
    [InlineData("[99999999999999999999]", "[0,8]")]
    public void Sizes_that_are_no_natural_numbers(string shape, string offsets) => Assert.Contains(
        "tensor 'w' has a size or an offset that is no natural number", Safetensors.Refused(Entry(shape, offsets)));

    [Theory]
    [InlineData("[2]", "[0,7]")]
    [InlineData("[2]", "[8,0]")]
    [InlineData("[3]", "[0,8]")]
    [InlineData("[4294967296,4294967296,4294967296]", "[0,8]")]
    [InlineData("[9223372036854775807,2,2]", "[0,8]")]
    [InlineData("[2]", "[0,9223372036854775807]")]
    public void Sizes_that_do_not_fit_the_offsets(string shape, string offsets) =>
        Assert.Contains("cannot lie in the bytes from", Safetensors.Refused(Entry(shape, offsets)));

    [Fact]
    public void A_name_that_comes_twice() => Assert.Contains("the header names 'w' twice", Safetensors.Refused(Safetensors.File(
        """{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")));

    [Fact]
    public void Tensors_that_overlap() => Assert.Contains("tensor 'v' overlaps another one", Safetensors.Refused(Safetensors.File(
        """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"v":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")));

    [Fact]
    public void A_gap_between_tensors() => Assert.Contains("leaves a gap", Safetensors.Refused(Entry("[1]", "[4,8]")));

    [Fact]
    public void Data_that_end_too_early() => Assert.Contains(
        "its tensors take 8 bytes, but 5 follow the header", Safetensors.Refused(Safetensors.File(Safetensors.Honest, new byte[5])));

    [Fact]
    public void A_stream_that_ends_too_early() => Assert.Contains("it ends within tensor 'w'", Assert.Throws<CheckpointException>(
        () => Safetensors.Pair().Load(new DrippingStream(Safetensors.File(Safetensors.Honest, new byte[5])))).Message);

    [Fact]
    public void Data_that_go_on() => Assert.Contains(
        "2 bytes follow its last tensor", Safetensors.Refused(Safetensors.File(Safetensors.Honest, new byte[10])));

    [Fact]
    public void A_type_that_nobody_knows() => Assert.Contains("of the unknown type 'F31'", Safetensors.Refused(
        Safetensors.File(Safetensors.Honest.Replace("F32", "F31", StringComparison.Ordinal))));

    [Fact]
    public void A_type_without_fractions() => Assert.Contains("'w' is of type I32", Safetensors.Refused(
        Safetensors.File(Safetensors.Honest.Replace("F32", "I32", StringComparison.Ordinal))));

    [Fact]
    public void A_double_that_no_float_holds() => Assert.Contains("tensor 'w' holds a double that no float32 can hold", Safetensors.Refused(
        Safetensors.File("""{"w":{"dtype":"F64","shape":[2],"data_offsets":[0,16]}}""", [.. BitConverter.GetBytes(1.0), .. BitConverter.GetBytes(1e300)])));

    [Fact]
    public void A_shape_that_differs_is_told_with_both() => Assert.Contains(
        "'w' has the shape [2, 1] in the file and [2] in the network", Safetensors.Refused(Entry("[2,1]", "[0,8]")));

    [Fact]
    public void Missing_and_extra_tensors_are_told_together()
    {
        string message = Safetensors.Refused(Safetensors.File(Safetensors.Honest.Replace("\"w\"", "\"v\"", StringComparison.Ordinal)));
        Assert.EndsWith("it does not fit the network: 'w' is missing; the network has no 'v'", message);
    }

    [Fact]
    public void Of_many_differences_some_are_told() => Assert.Contains("; and 5 more differences", Safetensors.Refused(
        Safetensors.File(Safetensors.Honest), TestParameters.Small()));

    private static byte[] Entry(string shape, string offsets) =>
        Safetensors.File($$$"""{"w":{"dtype":"F32","shape":{{{shape}}},"data_offsets":{{{offsets}}}}}""");
}
