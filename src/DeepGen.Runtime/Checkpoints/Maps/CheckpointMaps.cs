namespace DeepGen;

/// <summary>
/// Maps for the checkpoints that are met most. Parameters have the names of a network that is declared with layer methods Embedding, Norm
/// and Head and a stack Blocks, whose block has methods AttentionNorm, Attention, FeedForwardNorm and FeedForward;
/// <see cref="CheckpointMap.Renamed"/> gives them others.
/// </summary>
public static class CheckpointMaps
{
    /// <summary>
    /// Llama, Mistral and their like: RMS norms, rotary positions by halves, grouped keys and values, SwiGLU, no biases, or such as the
    /// checkpoint has. The output may be tied to the embedding.
    /// </summary>
    public static CheckpointMap Llama { get; } = new("Llama", [.. LlamaRules()]) { Prefixes = ["model."] };

    /// <summary>
    /// GPT-2: layer norms, learned positions (a layer method Positions), one projection for queries, keys and values, and a feed-forward of
    /// a dense layer, an activation and a dense layer. The output is tied to the embedding.
    /// </summary>
    public static CheckpointMap Gpt2 { get; } = new("GPT-2", [.. Gpt2Rules()]) { Prefixes = ["transformer."] };

    private static IEnumerable<CheckpointRule> LlamaRules()
    {
        const string Attention = "layers.{layer}.self_attn.", Own = "blocks.{layer}.attention.";
        yield return CheckpointRule.Copy("embed_tokens.weight", "embedding.weight").Sized("vocabulary hidden");
        yield return CheckpointRule.Copy("norm.weight", "norm.weight").Sized("hidden");
        yield return CheckpointRule.Copy("lm_head.weight", "head.weight").Or("embed_tokens.weight").Sized("vocabulary hidden");
        yield return CheckpointRule.Copy("layers.{layer}.input_layernorm.weight", "blocks.{layer}.attentionNorm.weight").Sized("hidden");
        yield return CheckpointRule.Copy("layers.{layer}.post_attention_layernorm.weight", "blocks.{layer}.feedForwardNorm.weight").Sized("hidden");
        foreach (var (name, rows, columns) in ((string, string, string)[])[("q_proj", "query", "hidden"), ("k_proj", "keyValue", "hidden"), ("v_proj", "keyValue", "hidden"), ("o_proj", "hidden", "query")])
        {
            yield return CheckpointRule.Copy($"{Attention}{name}.weight", $"{Own}{name}.weight").Sized($"{rows} {columns}");
            yield return CheckpointRule.Copy($"{Attention}{name}.bias", $"{Own}{name}.bias").Sized(rows);
        }

        string[] projections = ["q_proj", "k_proj", "v_proj"];
        yield return CheckpointRule.Join(projections.Select(p => $"{Attention}{p}.weight"), Own + "in_proj_weight").Sized("query hidden", "keyValue hidden", "keyValue hidden");
        yield return CheckpointRule.Join(projections.Select(p => $"{Attention}{p}.bias"), Own + "in_proj_bias").Sized("query", "keyValue", "keyValue");
        yield return CheckpointRule.Copy(Attention + "o_proj.weight", Own + "out_proj.weight").Sized("hidden query");
        yield return CheckpointRule.Copy(Attention + "o_proj.bias", Own + "out_proj.bias").Sized("hidden");
        foreach (var (name, rows, columns) in ((string, string, string)[])[("gate_proj", "intermediate", "hidden"), ("up_proj", "intermediate", "hidden"), ("down_proj", "hidden", "intermediate")])
        {
            yield return CheckpointRule.Copy($"layers.{{layer}}.mlp.{name}.weight", $"blocks.{{layer}}.feedForward.{name}.weight").Sized($"{rows} {columns}");
            yield return CheckpointRule.Copy($"layers.{{layer}}.mlp.{name}.bias", $"blocks.{{layer}}.feedForward.{name}.bias").Sized(rows);
        }

        yield return CheckpointRule.Ignore("layers.{layer}.self_attn.rotary_emb.inv_freq");
    }

    private static IEnumerable<CheckpointRule> Gpt2Rules()
    {
        yield return CheckpointRule.Copy("wte.weight", "embedding.weight").Sized("vocabulary hidden");
        yield return CheckpointRule.Copy("wpe.weight", "positions.weight").Sized("positions hidden");
        yield return CheckpointRule.Copy("lm_head.weight", "head.weight").Or("wte.weight").Sized("vocabulary hidden");
        foreach (var (name, own) in ((string, string)[])[("ln_f", "norm"), ("h.{layer}.ln_1", "blocks.{layer}.attentionNorm"), ("h.{layer}.ln_2", "blocks.{layer}.feedForwardNorm")])
        {
            yield return CheckpointRule.Copy(name + ".weight", own + ".weight").Sized("hidden");
            yield return CheckpointRule.Copy(name + ".bias", own + ".bias").Sized("hidden");
        }

        const string Attention = "h.{layer}.attn.", Own = "blocks.{layer}.attention.";
        string[] projections = ["q_proj", "k_proj", "v_proj"];
        yield return CheckpointRule.Copy(Attention + "c_attn.weight", Own + "in_proj_weight").Transposed().Sized("hidden projections");
        yield return CheckpointRule.Copy(Attention + "c_attn.bias", Own + "in_proj_bias").Sized("projections");
        yield return CheckpointRule.Split(Attention + "c_attn.weight", projections.Select(p => $"{Own}{p}.weight")).Transposed().Sized("hidden projections");
        yield return CheckpointRule.Split(Attention + "c_attn.bias", projections.Select(p => $"{Own}{p}.bias")).Sized("projections");
        foreach (string output in (string[])["out_proj", "o_proj"])
        {
            yield return CheckpointRule.Copy(Attention + "c_proj.weight", $"{Own}{output}.weight").Transposed().Sized("hidden hidden");
            yield return CheckpointRule.Copy(Attention + "c_proj.bias", $"{Own}{output}.bias").Sized("hidden");
        }

        yield return CheckpointRule.Copy("h.{layer}.mlp.c_fc.weight", "blocks.{layer}.feedForward.0.weight").Transposed().Sized("hidden intermediate");
        yield return CheckpointRule.Copy("h.{layer}.mlp.c_fc.bias", "blocks.{layer}.feedForward.0.bias").Sized("intermediate");
        yield return CheckpointRule.Copy("h.{layer}.mlp.c_proj.weight", "blocks.{layer}.feedForward.2.weight").Transposed().Sized("intermediate hidden");
        yield return CheckpointRule.Copy("h.{layer}.mlp.c_proj.bias", "blocks.{layer}.feedForward.2.bias").Sized("hidden");
        yield return CheckpointRule.Ignore("h.{layer}.attn.bias");
        yield return CheckpointRule.Ignore("h.{layer}.attn.masked_bias");
    }
}
