namespace DeepGen.Tests;

/// <summary>Checkpoints that do not fit: what was found, what was wanted, and nothing changed.</summary>
public class CheckpointMapErrorTests
{
    [Fact]
    public void Another_family_is_told_apart() => Assert.Contains(
        "it is no checkpoint of the family Llama: it holds 'wte.weight', 'wpe.weight', 'h.0.ln_1.weight', and 'embed_tokens.weight', 'norm.weight', 'lm_head.weight' were expected",
        Refused(SmallModels.Llama(), SmallModels.Gpt2Tensors()));

    [Fact]
    public void A_missing_tensor_is_named_with_what_needs_it() => Assert.EndsWith(
        "it does not fit the network: 'blocks.1.attention.k_proj.weight' needs 'layers.1.self_attn.k_proj.weight', which is missing",
        Refused(SmallModels.Llama(), SmallModels.LlamaTensors().FindAll(t => t.Name != "model.layers.1.self_attn.k_proj.weight")));

    [Fact]
    public void Missing_tensors_of_both_names_are_missing() => Assert.Contains(
        "'head.weight' needs 'lm_head.weight', which is missing", Refused(SmallModels.Llama(), SmallModels.LlamaTensors(tied: true)[1..]));

    [Fact]
    public void Tensors_left_over_are_named()
    {
        Assert.EndsWith("the network has no place for 'adapter.weight'", Refused(SmallModels.Llama(), [.. SmallModels.LlamaTensors(), ("adapter.weight", [1])]));
        string more = Refused(SmallModels.Llama(), SmallModels.LlamaTensors(layers: 3));
        Assert.Contains("the network has no place for 'model.layers.2.input_layernorm.weight'; the network has no place for 'model.layers.2.self_attn.q_proj.weight'", more);
        Assert.Contains("; and 4 more differences", more);
    }

    [Fact]
    public void A_wrong_shape_is_told_with_both()
    {
        Assert.EndsWith(
            "'model.layers.0.mlp.up_proj.weight' [11, 8] in the file cannot become 'blocks.0.feedForward.up_proj.weight' [12, 8] in the network",
            Refused(SmallModels.Llama(), SmallModels.LlamaTensors().ConvertAll(t => t.Name == "model.layers.0.mlp.up_proj.weight" ? (t.Name, [11, 8]) : t)));
        Assert.EndsWith(
            "'h.1.mlp.c_fc.weight' [12, 8] in the file cannot become 'blocks.1.feedForward.0.weight' [12, 8] in the network by transposing",
            Refused(SmallModels.Gpt2(), SmallModels.Gpt2Tensors().ConvertAll(t => t.Name == "h.1.mlp.c_fc.weight" ? (t.Name, [12, 8]) : t), CheckpointMaps.Gpt2));
        Assert.EndsWith(
            "'h.1.mlp.c_fc.weight' has the shape [96] in the file, but a matrix is expected",
            Refused(SmallModels.Gpt2(), SmallModels.Gpt2Tensors().ConvertAll(t => t.Name == "h.1.mlp.c_fc.weight" ? (t.Name, [96]) : t), CheckpointMaps.Gpt2));
        Assert.Contains(
            "'model.layers.0.self_attn.q_proj.weight' [8, 8] with 'model.layers.0.self_attn.k_proj.weight' [3, 8] with 'model.layers.0.self_attn.v_proj.weight' [4, 8] in the file cannot become 'blocks.0.attention.in_proj_weight' [16, 8]",
            Refused(SmallModels.Llama(joined: true), SmallModels.LlamaTensors().ConvertAll(t => t.Name == "model.layers.0.self_attn.k_proj.weight" ? (t.Name, [3, 8]) : t)));
    }

    [Fact]
    public void Parameters_without_a_rule_or_without_their_sisters_are_named()
    {
        Assert.Contains("the map for test has no rule for 'b'", Refused(SmallModels.Set(0, ("a", [1]), ("b", [1])), [("x", [1])], new("test", CheckpointRule.Copy("x", "a"))));
        Assert.Contains("the network has no 'c', which comes with others from 'x'", Refused(
            SmallModels.Set(0, ("a", [1])), [("x", [2])], new("test", CheckpointRule.Split("x", ["a", "c"]))));
    }

    [Fact]
    public void Whole_numbers_are_no_weights()
    {
        using var files = new CheckpointFiles();
        string path = files.Write([("x", [2])], "I32");
        Assert.Contains("'x' is of type I32", Assert.Throws<CheckpointException>(
            () => SmallModels.Set(0, ("a", [2])).Load(path, new CheckpointMap("test", CheckpointRule.Copy("x", "a")))).Message);
    }

    [Fact]
    public void A_double_that_is_too_large_is_found_before_anything_is_changed()
    {
        using var files = new CheckpointFiles();
        string path = files.Write([("a", [2]), ("b", [2])], "F64");
        byte[] bytes = File.ReadAllBytes(path);
        BitConverter.GetBytes(1e300).CopyTo(bytes, bytes.Length - 8);
        File.WriteAllBytes(path, bytes);
        var network = SmallModels.Set(0, ("a", [2]), ("b", [2]));
        var before = TestParameters.All(network);
        Assert.Contains("tensor 'b' holds a double that no float32 can hold", Assert.Throws<CheckpointException>(() => network.Load(path)).Message);
        Bits.Equal(before, TestParameters.All(network));
    }

    [Fact]
    public void A_cut_shard_is_found_before_anything_is_changed()
    {
        using var files = new CheckpointFiles();
        files.Write([("a", [4])], "F32", "one.safetensors");
        string two = files.Write([("b", [4])], "F32", "two.safetensors");
        File.WriteAllBytes(two, File.ReadAllBytes(two)[..^3]);
        string index = files.WriteIndex(("one.safetensors", ["a"]), ("two.safetensors", ["b"]));
        var network = SmallModels.Set(0, ("a", [4]), ("b", [4]));
        var before = TestParameters.All(network);
        Assert.Contains("'two.safetensors': it is truncated: its tensors take 16 bytes, but 13 follow the header", Assert.Throws<CheckpointException>(() => network.Load(index)).Message);
        Bits.Equal(before, TestParameters.All(network));
    }

    [Theory]
    [InlineData("{}", "it is no index of a checkpoint, which has a 'weight_map'")]
    [InlineData("{\"weight_map\":7}", "it is no index of a checkpoint")]
    [InlineData("{\"weight_map\":{\"a\":7}}", "it is no index of a checkpoint")]
    [InlineData("{\"weight_map\"", "it is no index of a checkpoint")]
    [InlineData("[]", "it is no index of a checkpoint")]
    [InlineData("{\"weight_map\":{\"a\":\"../one.safetensors\"}}", "its index names '../one.safetensors' for tensor 'a', which is no file beside it")]
    [InlineData("{\"weight_map\":{\"a\":\"..\\\\one.safetensors\"}}", "which is no file beside it")]
    [InlineData("{\"weight_map\":{\"a\":\"\"}}", "its index names '' for tensor 'a'")]
    [InlineData("{\"weight_map\":{\"a\":\"none.safetensors\"}}", "its index names the file 'none.safetensors', which is not beside it")]
    [InlineData("{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"one.safetensors\"}}", "its index promises tensor 'b' in 'one.safetensors', which does not hold it")]
    [InlineData("{\"weight_map\":{\"a\":\"one.safetensors\",\"c\":\"twin.safetensors\"}}", "tensor 'a' is in two of its files")]
    public void A_wrong_index_is_refused(string json, string message)
    {
        using var files = new CheckpointFiles();
        files.Write([("a", [4])], "F32", "one.safetensors");
        files.Write([("a", [4]), ("c", [4])], "F32", "twin.safetensors");
        string index = Path.Combine(files.Folder, "model.safetensors.index.json");
        File.WriteAllText(index, json);
        Assert.Contains(message, Assert.Throws<CheckpointException>(() => SmallModels.Set(0, ("a", [4])).Load(index)).Message);
    }

    [Fact]
    public void A_folder_without_a_checkpoint_is_refused()
    {
        using var files = new CheckpointFiles();
        Assert.Contains("neither model.safetensors nor model.safetensors.index.json", Assert.Throws<CheckpointException>(() => SmallModels.Llama().Load(files.Folder)).Message);
    }

    [Theory]
    [InlineData("a{")]
    [InlineData("a}")]
    [InlineData("a{}")]
    [InlineData("a{i")]
    [InlineData("a}i{")]
    public void A_name_with_odd_braces_is_no_pattern(string name) =>
        Assert.Contains($"'{name}' is no pattern", Assert.Throws<ArgumentException>(() => CheckpointRule.Copy(name, name)).Message);

    [Fact]
    public void Rules_that_cannot_be_are_refused()
    {
        Assert.Contains("must have the same numbers", Assert.Throws<ArgumentException>(() => CheckpointRule.Copy("a.{i}", "b")).Message);
        Assert.Contains("must have the same numbers", Assert.Throws<ArgumentException>(() => CheckpointRule.Copy("a.{i}", "b.{j}")).Message);
        Assert.Contains("at least one name", Assert.Throws<ArgumentException>(() => CheckpointRule.Join([], "b")).Message);
        Assert.Contains("2 shapes for 1 tensors", Assert.Throws<ArgumentException>(() => CheckpointRule.Copy("a", "b").Sized("hidden", "hidden")).Message);
    }

    [Theory]
    [InlineData("a.{i}.w", "a.12.w", true)]
    [InlineData("a.{i}.w", "a.0.w", true)]
    [InlineData("a.{i}.w", "a.01.w", false)]
    [InlineData("a.{i}.w", "a.x.w", false)]
    [InlineData("a.{i}.w", "a..w", false)]
    [InlineData("a.{i}.w", "a.1.w2", false)]
    [InlineData("a.{i}.w", "b.1.w", false)]
    [InlineData("a.{i}", "a.99999999999", false)]
    [InlineData("{i}.{i}", "3.3", true)]
    [InlineData("{i}.{i}", "3.4", false)]
    public void Numbers_in_names_are_whole_and_agree(string pattern, string name, bool fits)
    {
        var numbers = new DeepGen.Checkpoints.NamePattern(pattern).Match(name);
        Assert.Equal(fits, numbers is not null);
        Assert.True(!fits || new DeepGen.Checkpoints.NamePattern(pattern).Fill(numbers!) == name);
    }

    private static string Refused(ParameterSet network, IEnumerable<(string, int[])> tensors, CheckpointMap? map = null)
    {
        using var files = new CheckpointFiles();
        string path = files.Write(tensors);
        var before = TestParameters.All(network);
        string message = Assert.Throws<CheckpointException>(() => network.Load(path, map ?? CheckpointMaps.Llama)).Message;
        Assert.StartsWith($"cannot load '{path}': ", message);
        Bits.Equal(before, TestParameters.All(network));
        return message;
    }
}
