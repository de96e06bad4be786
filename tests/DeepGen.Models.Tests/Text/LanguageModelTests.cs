namespace DeepGen.Models.Tests.Text;

/// <summary>The networks of text, whose sizes are those of checkpoints that there are.</summary>
public sealed class LanguageModelTests
{
    [Fact]
    public void Gpt_has_the_sizes_of_the_smallest_gpt2()
    {
        var network = new Gpt(seed: 1);
        Assert.Equal(124_439_808, network.Parameters.Sum(p => (long)p.Length));
        Check("""
            {"model_type": "gpt2", "vocab_size": 50257, "n_positions": 1024, "n_embd": 768, "n_layer": 12, "n_head": 12, "n_inner": null, "layer_norm_epsilon": 1e-05}
            """, network, CheckpointMaps.Gpt2);
        Says(network, (tokens, scores) => network.Predict(tokens, scores, T: tokens.Length));
    }

    [Fact]
    public void Llama_has_the_sizes_of_a_small_one()
    {
        var network = new Llama(seed: 1);
        Assert.Equal(134_515_008, network.Parameters.Sum(p => (long)p.Length));
        Check("""
            {"model_type": "llama", "vocab_size": 49152, "hidden_size": 576, "intermediate_size": 1536, "num_hidden_layers": 30, "num_attention_heads": 9,
             "num_key_value_heads": 3, "max_position_embeddings": 8192, "rms_norm_eps": 1e-05, "rope_theta": 100000, "tie_word_embeddings": true}
            """, network, CheckpointMaps.Llama);
        Says(network, (tokens, scores) => network.Predict(tokens, scores, T: tokens.Length));
    }

    private delegate void Forward(ReadOnlySpan<int> tokens, Span<float> scores);

    private static void Check(string configuration, INetwork network, CheckpointMap map)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "config.json"), configuration);
            ModelConfiguration.Load(folder).Check(network.Parameters, map);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Its decoder gives what its forward pass gives.</summary>
    private static void Says(ITokenModel network, Forward forward)
    {
        int[] tokens = [40, 7000, 3, 49151, 11];
        float[] scores = new float[tokens.Length * network.Vocabulary];
        forward(tokens, scores);
        Assert.All(scores, score => Assert.True(float.IsFinite(score)));
        Assert.Equal(scores[^network.Vocabulary..], network.NewDecoder().Prefill(tokens).ToArray());
    }
}
