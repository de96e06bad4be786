namespace DeepGen.Tests;

/// <summary>Every number of a checkpoint ends where its name says, in whatever layout, type and number of files it comes.</summary>
public class CheckpointMapTests
{
    [Theory]
    [InlineData("F32")]
    [InlineData("BF16")]
    [InlineData("F16")]
    [InlineData("F64")]
    public void A_Llama_checkpoint_is_loaded(string type)
    {
        using var files = new CheckpointFiles();
        var network = SmallModels.Llama();
        int version = network.Version;
        network.Load(files.Write(SmallModels.LlamaTensors(), type), CheckpointMaps.Llama);
        Assert.Equal(version + 1, network.Version);
        Holds(network, "embedding.weight", "model.embed_tokens.weight");
        Holds(network, "head.weight", "lm_head.weight");
        Holds(network, "norm.weight", "model.norm.weight");
        Holds(network, "blocks.1.attentionNorm.weight", "model.layers.1.input_layernorm.weight");
        Holds(network, "blocks.1.feedForwardNorm.weight", "model.layers.1.post_attention_layernorm.weight");
        Holds(network, "blocks.0.attention.k_proj.weight", "model.layers.0.self_attn.k_proj.weight");
        Holds(network, "blocks.1.attention.o_proj.weight", "model.layers.1.self_attn.o_proj.weight");
        Holds(network, "blocks.0.feedForward.down_proj.weight", "model.layers.0.mlp.down_proj.weight");
        Assert.All(network, p => Assert.All(p.Values.ToArray(), v => Assert.Equal(v, MathF.Round(v))));
    }

    [Fact]
    public void A_tied_output_is_the_embedding()
    {
        using var files = new CheckpointFiles();
        string tied = files.Write(SmallModels.LlamaTensors(tied: true));
        var untiedNetwork = SmallModels.Llama();
        untiedNetwork.Load(tied, CheckpointMaps.Llama);
        Holds(untiedNetwork, "head.weight", "model.embed_tokens.weight");
        var tiedNetwork = SmallModels.Llama(tied: true);
        tiedNetwork.Load(tied, CheckpointMaps.Llama);
        Holds(tiedNetwork, "embedding.weight", "model.embed_tokens.weight");
    }

    [Fact]
    public void A_tied_network_takes_a_second_copy_of_the_embedding_and_no_other_output()
    {
        using var files = new CheckpointFiles();
        var tensors = SmallModels.LlamaTensors(tied: true).ConvertAll(t => (t.Name, t.Shape, CheckpointFiles.Values(t.Name, t.Shape)));
        float[] embedding = tensors[0].Item3;
        SmallModels.Llama(tied: true).Load(files.Write([.. tensors, ("lm_head.weight", [10, 8], embedding)]), CheckpointMaps.Llama);
        Assert.Contains("'lm_head.weight' and 'model.embed_tokens.weight' differ, but the network has one parameter for both", Refused(
            SmallModels.Llama(tied: true), files.Write([.. tensors, ("lm_head.weight", [10, 8], [.. embedding[..^1], 77])]), CheckpointMaps.Llama));
    }

    [Fact]
    public void Projections_are_joined_where_the_network_has_one()
    {
        using var files = new CheckpointFiles();
        var network = SmallModels.Llama(joined: true);
        network.Load(files.Write(SmallModels.LlamaTensors(prefix: "")), CheckpointMaps.Llama);
        float[] expected = [.. new[] { ("q", 64), ("k", 32), ("v", 32) }.SelectMany(p => Enumerable.Range(0, p.Item2).Select(i => CheckpointFiles.Value($"layers.1.self_attn.{p.Item1}_proj.weight", i)))];
        Assert.Equal(expected, network["blocks.1.attention.in_proj_weight"].Values.ToArray());
        Holds(network, "blocks.1.attention.out_proj.weight", "layers.1.self_attn.o_proj.weight");
    }

    [Theory]
    [InlineData("", "F32")]
    [InlineData("transformer.", "BF16")]
    public void A_Gpt2_checkpoint_is_turned_round(string prefix, string type)
    {
        using var files = new CheckpointFiles();
        var network = SmallModels.Gpt2();
        string path = files.Write(SmallModels.Gpt2Tensors(prefix), type);
        network.Load(path, CheckpointMaps.Gpt2);
        Holds(network, "embedding.weight", prefix + "wte.weight");
        Holds(network, "positions.weight", prefix + "wpe.weight");
        Holds(network, "norm.bias", prefix + "ln_f.bias");
        Holds(network, "blocks.1.attention.in_proj_bias", prefix + "h.1.attn.c_attn.bias");
        HoldsTurned(network, "blocks.1.attention.in_proj_weight", prefix + "h.1.attn.c_attn.weight");
        HoldsTurned(network, "blocks.0.attention.out_proj.weight", prefix + "h.0.attn.c_proj.weight");
        HoldsTurned(network, "blocks.0.feedForward.0.weight", prefix + "h.0.mlp.c_fc.weight");
        HoldsTurned(network, "blocks.1.feedForward.2.weight", prefix + "h.1.mlp.c_proj.weight");
        var untied = SmallModels.Gpt2(tied: false);
        untied.Load(path, CheckpointMaps.Gpt2);
        Holds(untied, "head.weight", prefix + "wte.weight");
    }

    [Fact]
    public void One_projection_is_split_where_the_network_has_three()
    {
        using var files = new CheckpointFiles();
        var network = SmallModels.Gpt2(separate: true);
        network.Load(files.Write(SmallModels.Gpt2Tensors()), CheckpointMaps.Gpt2);
        for (int part = 0; part < 3; part++)
        {
            string name = $"blocks.1.attention.{"qkv"[part]}_proj.";
            float[] weight = network[name + "weight"].Values.ToArray(), bias = network[name + "bias"].Values.ToArray();
            Assert.All(Enumerable.Range(0, 64), i => Assert.Equal(CheckpointFiles.Value("h.1.attn.c_attn.weight", (i % 8 * 24) + (part * 8) + (i / 8)), weight[i]));
            Assert.All(Enumerable.Range(0, 8), i => Assert.Equal(CheckpointFiles.Value("h.1.attn.c_attn.bias", (part * 8) + i), bias[i]));
        }
    }

    [Theory]
    [InlineData(1, 1, "F32")]
    [InlineData(17, 4100, "F32")]
    [InlineData(33, 9000, "F16")]
    [InlineData(4097, 3, "BF16")]
    public void Large_matrices_are_turned_in_pieces(int rows, int columns, string type)
    {
        using var files = new CheckpointFiles();
        var network = SmallModels.Set(0, ("w", [columns, rows]));
        network.Load(files.Write([("t", [rows, columns])], type), new CheckpointMap("test", CheckpointRule.Copy("t", "w").Transposed()));
        HoldsTurned(network, "w", "t");
    }

    [Fact]
    public void Rows_are_joined_and_cut_anew_anywhere()
    {
        using var files = new CheckpointFiles();
        var network = SmallModels.Set(0, ("a", [2, 3]), ("b", [5, 3]));
        string path = files.Write([("x", [3, 3]), ("y", [4, 3])]);
        var rule = CheckpointRule.Split("x", ["a", "b"]);
        Assert.Contains("'x' [3, 3] in the file cannot become 'a' [2, 3] with 'b' [5, 3] in the network", Refused(network, path, new("test", rule)));
        var joined = SmallModels.Set(0, ("all", [7, 3]));
        joined.Load(path, new CheckpointMap("test", CheckpointRule.Join(["x", "y"], "all")));
        Assert.Equal([.. CheckpointFiles.Values("x", [3, 3]), .. CheckpointFiles.Values("y", [4, 3])], joined["all"].Values.ToArray());
    }

    [Fact]
    public void Several_files_are_one_checkpoint()
    {
        using var files = new CheckpointFiles();
        var tensors = SmallModels.LlamaTensors();
        files.Write(tensors[..9], "BF16", "model-00001-of-00002.safetensors");
        files.Write(tensors[9..], "F32", "model-00002-of-00002.safetensors");
        string index = files.WriteIndex(
            ("model-00001-of-00002.safetensors", [.. tensors[..9].Select(t => t.Name)]), ("model-00002-of-00002.safetensors", [.. tensors[9..].Select(t => t.Name)]));
        foreach (string path in (string[])[index, files.Folder])
        {
            var network = SmallModels.Llama();
            network.Load(path, CheckpointMaps.Llama);
            Holds(network, "embedding.weight", "model.embed_tokens.weight");
            Holds(network, "head.weight", "lm_head.weight");
        }
    }

    [Fact]
    public void Own_checkpoints_may_be_in_several_files_too()
    {
        using var files = new CheckpointFiles();
        files.Write([("a", [4])], "F32", "one.safetensors");
        files.Write([("b", [2, 3])], "F16", "two.safetensors");
        var network = SmallModels.Set(0, ("a", [4]), ("b", [2, 3]));
        network.Load(files.WriteIndex(("one.safetensors", ["a"]), ("two.safetensors", ["b"])));
        Holds(network, "a", "a");
        Holds(network, "b", "b");
    }

    [Fact]
    public void Other_names_are_a_matter_of_renaming()
    {
        using var files = new CheckpointFiles();
        var map = CheckpointMaps.Gpt2.Renamed("blocks.{layer}.attention", "2.{layer}.0").Renamed("blocks.{layer}.feedForward", "2.{layer}.1").Renamed("blocks", "2")
            .Renamed("embedding", "0").Renamed("positions", "1").Renamed("norm", "3");
        ParameterSet own = SmallModels.Gpt2();
        var renamed = SmallModels.Set(SmallModels.Layers, own.Where(p => !p.Name.StartsWith("blocks.1", StringComparison.Ordinal)).Select(p => (
            p.Name.Replace("blocks.0.attention.", "2.*.0.", StringComparison.Ordinal).Replace("blocks.0.feedForward.", "2.*.1.", StringComparison.Ordinal)
                .Replace("blocks.0", "2.*", StringComparison.Ordinal).Replace("embedding", "0", StringComparison.Ordinal)
                .Replace("positions", "1", StringComparison.Ordinal) is var name && name.StartsWith("norm", StringComparison.Ordinal) ? "3" + name[4..] : name,
            p.Shape.ToArray())));
        renamed.Load(files.Write(SmallModels.Gpt2Tensors()), map);
        HoldsTurned(renamed, "2.1.0.in_proj_weight", "h.1.attn.c_attn.weight");
        Holds(renamed, "2.0.attentionNorm.bias", "h.0.ln_1.bias");
        Holds(renamed, "3.weight", "ln_f.weight");
        Assert.Contains("no parameter of the map for GPT-2 begins with 'block'", Assert.Throws<ArgumentException>(() => CheckpointMaps.Gpt2.Renamed("block", "x")).Message);
    }

    [Fact]
    public void Loading_takes_little_memory_beside_the_network()
    {
        using var files = new CheckpointFiles();
        var shape = new[] { 2048, 1024 };
        string path = files.Write([("t", shape), ("u", shape)], "BF16");
        var network = SmallModels.Set(0, ("w", [1024, 2048]), ("v", shape));
        var map = new CheckpointMap("test", CheckpointRule.Copy("t", "w").Transposed(), CheckpointRule.Copy("u", "v"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        network.Load(path, map);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
        HoldsTurned(network, "w", "t");
        Holds(network, "v", "u");
    }

    private static string Refused(ParameterSet network, string path, CheckpointMap map)
    {
        var before = TestParameters.All(network);
        string message = Assert.Throws<CheckpointException>(() => network.Load(path, map)).Message;
        Assert.StartsWith($"cannot load '{path}': ", message);
        Bits.Equal(before, TestParameters.All(network));
        return message;
    }

    private static void Holds(ParameterSet network, string parameter, string tensor) =>
        Assert.Equal(CheckpointFiles.Values(tensor, [.. network[parameter].Shape]), network[parameter].Values.ToArray());

    private static void HoldsTurned(ParameterSet network, string parameter, string tensor)
    {
        var (rows, columns) = (network[parameter].Shape[0], network[parameter].Shape[1]);
        float[] stored = CheckpointFiles.Values(tensor, [columns, rows]);
        Assert.Equal(Enumerable.Range(0, rows * columns).Select(i => stored[(i % columns * rows) + (i / columns)]), network[parameter].Values.ToArray());
    }
}
