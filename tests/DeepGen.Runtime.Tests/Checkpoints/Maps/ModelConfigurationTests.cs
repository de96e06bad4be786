using System.Text.Json.Nodes;

namespace DeepGen.Tests;

public class ModelConfigurationTests
{
    [Fact]
    public void A_Llama_configuration_is_read()
    {
        var configuration = Load(SmallModels.LlamaConfiguration);
        Assert.Equal(
            ("llama", 10, 8, 12, 2, 4, 2, 2, 6),
            (configuration.Family, configuration.Vocabulary, configuration.HiddenSize, configuration.IntermediateSize, configuration.Layers, configuration.Heads,
                configuration.KeyValueHeads, configuration.HeadSize, configuration.MaximumLength));
        Assert.Equal((1e-5, 500000.0, null, false, "silu", 1), (configuration.NormEpsilon, configuration.RotaryBase, configuration.RotaryScaling, configuration.TiedOutput, configuration.Activation, configuration.BeginToken));
        Assert.Equal([2, 3], configuration.EndTokens);
        Assert.Equal((8, 4, 16), (configuration.Size("query"), configuration.Size("keyValue"), configuration.Size("projections")));
        Assert.Throws<ArgumentException>(() => configuration.Size("depth"));
    }

    [Fact]
    public void A_Gpt2_configuration_is_read()
    {
        var configuration = Load(SmallModels.Gpt2Configuration);
        Assert.Equal(
            ("gpt2", 10, 8, 12, 2, 2, 2, 4, 6, true, null, "gelu_new"),
            (configuration.Family, configuration.Vocabulary, configuration.HiddenSize, configuration.IntermediateSize, configuration.Layers, configuration.Heads,
                configuration.KeyValueHeads, configuration.HeadSize, configuration.MaximumLength, configuration.TiedOutput, configuration.RotaryBase, configuration.Activation));
        Assert.Equal([9], configuration.EndTokens);
        Assert.Equal(32, Load(SmallModels.Gpt2Configuration, c => c.Remove("n_inner")).IntermediateSize);
    }

    [Fact]
    public void What_is_left_out_has_the_familys_value()
    {
        var configuration = Load(SmallModels.LlamaConfiguration, c =>
        {
            foreach (string name in (string[])["num_key_value_heads", "rope_theta", "rms_norm_eps", "hidden_act", "eos_token_id", "bos_token_id", "tie_word_embeddings", "max_position_embeddings"])
            {
                c.Remove(name);
            }
        });
        Assert.Equal((4, 10000.0, 1e-6, "silu", false, 2048, null), (configuration.KeyValueHeads, configuration.RotaryBase, configuration.NormEpsilon, configuration.Activation, configuration.TiedOutput, configuration.MaximumLength, configuration.BeginToken));
        Assert.Empty(configuration.EndTokens);
    }

    [Theory]
    [InlineData("""{"rope_type":"llama3","factor":8.0}""", "rope_scaling", "llama3", 500000)]
    [InlineData("""{"type":"linear","factor":2.0}""", "rope_scaling", "linear", 500000)]
    [InlineData("""{"rope_type":"default","rope_theta":7.0}""", "rope_parameters", null, 7)]
    [InlineData("""{"rope_type":"yarn","rope_theta":7.0}""", "rope_parameters", "yarn", 7)]
    public void Scaled_rotary_positions_are_named(string json, string place, string? scaling, double theta)
    {
        var configuration = Load(SmallModels.LlamaConfiguration, c => c[place] = JsonNode.Parse(json));
        Assert.Equal((scaling, theta), (configuration.RotaryScaling, configuration.RotaryBase));
    }

    [Theory]
    [InlineData("model_type", "\"bert\"", "its family is 'bert'; llama, mistral and gpt2 can be read")]
    [InlineData("model_type", "null", "its family is 'without a model_type'")]
    [InlineData("hidden_size", "null", "it has no 'hidden_size'")]
    [InlineData("hidden_size", "-8", "its 'hidden_size' is -8, but a whole number from 1 to 16777216 is expected")]
    [InlineData("hidden_size", "\"8\"", "its 'hidden_size' is \"8\"")]
    [InlineData("num_attention_heads", "3", "its 3 heads (num_attention_heads) cannot share 2 of keys and values (num_key_value_heads) evenly")]
    [InlineData("num_attention_heads", "6", "its hidden_size 8 cannot be divided by its num_attention_heads 6")]
    [InlineData("rms_norm_eps", "0", "its 'rms_norm_eps' is 0, but a positive number is expected")]
    [InlineData("eos_token_id", "\"x\"", "its 'eos_token_id' is \"x\", but a token or a list of tokens is expected")]
    [InlineData("tie_word_embeddings", "1", "its 'tie_word_embeddings' is 1, but true or false is expected")]
    [InlineData("hidden_act", "1", "its 'hidden_act' is 1, but a string is expected")]
    public void What_is_wrong_is_named(string name, string json, string message) => Assert.Contains(
        message, Assert.Throws<CheckpointException>(() => Load(SmallModels.LlamaConfiguration, c => c[name] = JsonNode.Parse(json))).Message);

    [Fact]
    public void A_damaged_file_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "config.json");
        File.WriteAllText(path, SmallModels.LlamaConfiguration[..100]);
        Assert.StartsWith($"cannot read '{path}': ", Assert.Throws<CheckpointException>(() => ModelConfiguration.Load(folder.Path)).Message);
        File.WriteAllText(path, "[]");
        Assert.Contains("it holds no object", Assert.Throws<CheckpointException>(() => ModelConfiguration.Load(path)).Message);
        Assert.Throws<FileNotFoundException>(() => ModelConfiguration.Load(path + "x"));
    }

    [Fact]
    public void Networks_that_fit_pass()
    {
        Load(SmallModels.LlamaConfiguration).Check(SmallModels.Llama(), CheckpointMaps.Llama);
        Load(SmallModels.LlamaConfiguration).Check(SmallModels.Llama(joined: true), CheckpointMaps.Llama);
        Load(SmallModels.LlamaConfiguration, c => c["tie_word_embeddings"] = true).Check(SmallModels.Llama(tied: true), CheckpointMaps.Llama);
        Load(SmallModels.Gpt2Configuration).Check(SmallModels.Gpt2(), CheckpointMaps.Gpt2);
        Load(SmallModels.Gpt2Configuration).Check(SmallModels.Gpt2(separate: true), CheckpointMaps.Gpt2);
    }

    [Theory]
    [InlineData("vocab_size", "11", "'embedding.weight' must be [11, 8] (vocabulary 11, hidden 8), and the network has [10, 8]")]
    [InlineData("num_key_value_heads", "4", "'blocks.0.attention.k_proj.weight' must be [8, 8] (keyValue 8, hidden 8), and the network has [4, 8]")]
    [InlineData("head_dim", "3", "'blocks.0.attention.q_proj.weight' must be [12, 8] (query 12, hidden 8), and the network has [8, 8]")]
    [InlineData("intermediate_size", "16", "'blocks.0.feedForward.gate_proj.weight' must be [16, 8] (intermediate 16, hidden 8), and the network has [12, 8]")]
    [InlineData("num_hidden_layers", "3", "the network has 2 blocks, and the configuration 3")]
    public void Networks_that_do_not_fit_are_told_where(string name, string json, string message) => Assert.Contains(
        message, Differences(Load(SmallModels.LlamaConfiguration, c => c[name] = JsonNode.Parse(json)), SmallModels.Llama(), CheckpointMaps.Llama));

    [Fact]
    public void An_untied_output_needs_a_weight() => Assert.Contains(
        "the configuration's output is not tied, and the network has no 'head.weight'", Differences(Load(SmallModels.LlamaConfiguration), SmallModels.Llama(tied: true), CheckpointMaps.Llama));

    [Fact]
    public void Parts_of_one_tensor_are_told_together() => Assert.Contains(
        "'blocks.0.attention.q_proj.weight', 'blocks.0.attention.k_proj.weight', 'blocks.0.attention.v_proj.weight' must be [48, 16] together (hidden 16, projections 48), and the network has [24, 8]",
        Differences(Load(SmallModels.Gpt2Configuration, c => c["n_embd"] = 16), SmallModels.Gpt2(separate: true), CheckpointMaps.Gpt2, all: true));

    private static string Differences(ModelConfiguration configuration, ParameterSet network, CheckpointMap map, bool all = false)
    {
        string message = Assert.Throws<CheckpointException>(() => configuration.Check(network, map)).Message;
        Assert.StartsWith("the network does not fit the configuration: ", message);
        return all ? string.Join("; ", DeepGen.Checkpoints.ConfigurationFit.Complaints(configuration, network, map)) : message;
    }

    private static ModelConfiguration Load(string json, Action<JsonObject>? change = null)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "config.json");
        var content = JsonNode.Parse(json)!.AsObject();
        change?.Invoke(content);
        File.WriteAllText(path, content.ToJsonString());
        return ModelConfiguration.Load(path);
    }
}
