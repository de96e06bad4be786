namespace DeepGen.Tests;

/// <summary>A Llama and a GPT-2 of two blocks: the parameters of a network, and the tensors of a checkpoint.</summary>
internal static class SmallModels
{
    public const int Hidden = 8, KeyValue = 4, Inner = 12, Vocabulary = 10, Positions = 6, Layers = 2;

    public const string LlamaConfiguration = """
        {"model_type":"llama","vocab_size":10,"hidden_size":8,"intermediate_size":12,"num_hidden_layers":2,"num_attention_heads":4,"num_key_value_heads":2,
         "max_position_embeddings":6,"rms_norm_eps":1e-5,"rope_theta":500000.0,"hidden_act":"silu","bos_token_id":1,"eos_token_id":[2,3],"tie_word_embeddings":false}
        """;

    public const string Gpt2Configuration = """
        {"model_type":"gpt2","vocab_size":10,"n_embd":8,"n_inner":12,"n_layer":2,"n_head":2,"n_positions":6,"layer_norm_epsilon":1e-5,"bos_token_id":9,"eos_token_id":9}
        """;

    public static ParameterSet Llama(bool tied = false, bool joined = false, int layers = Layers)
    {
        (string, int[])[] attention = joined
            ? [("blocks.*.attention.in_proj_weight", [Hidden + (2 * KeyValue), Hidden]), ("blocks.*.attention.out_proj.weight", [Hidden, Hidden])]
            : [
                ("blocks.*.attention.q_proj.weight", [Hidden, Hidden]), ("blocks.*.attention.k_proj.weight", [KeyValue, Hidden]),
                ("blocks.*.attention.v_proj.weight", [KeyValue, Hidden]), ("blocks.*.attention.o_proj.weight", [Hidden, Hidden]),
            ];
        return Set(layers, [
            ("embedding.weight", [Vocabulary, Hidden]), ("blocks.*.attentionNorm.weight", [Hidden]), .. attention, ("blocks.*.feedForwardNorm.weight", [Hidden]),
            ("blocks.*.feedForward.gate_proj.weight", [Inner, Hidden]), ("blocks.*.feedForward.up_proj.weight", [Inner, Hidden]),
            ("blocks.*.feedForward.down_proj.weight", [Hidden, Inner]), ("norm.weight", [Hidden]), .. tied ? [] : Head(),
        ]);
    }

    public static ParameterSet Gpt2(bool separate = false, bool tied = true)
    {
        (string, int[])[] attention = separate
            ? [.. "qkv".SelectMany(c => ((string, int[])[])[($"blocks.*.attention.{c}_proj.weight", [Hidden, Hidden]), ($"blocks.*.attention.{c}_proj.bias", [Hidden])]),
                ("blocks.*.attention.o_proj.weight", [Hidden, Hidden]), ("blocks.*.attention.o_proj.bias", [Hidden])]
            : [("blocks.*.attention.in_proj_weight", [3 * Hidden, Hidden]), ("blocks.*.attention.in_proj_bias", [3 * Hidden]),
                ("blocks.*.attention.out_proj.weight", [Hidden, Hidden]), ("blocks.*.attention.out_proj.bias", [Hidden])];
        return Set(Layers, [
            ("embedding.weight", [Vocabulary, Hidden]), ("positions.weight", [Positions, Hidden]), .. Norm("blocks.*.attentionNorm"), .. attention,
            .. Norm("blocks.*.feedForwardNorm"), ("blocks.*.feedForward.0.weight", [Inner, Hidden]), ("blocks.*.feedForward.0.bias", [Inner]),
            ("blocks.*.feedForward.2.weight", [Hidden, Inner]), ("blocks.*.feedForward.2.bias", [Hidden]), .. Norm("norm"), .. tied ? [] : Head(),
        ]);
    }

    public static List<(string Name, int[] Shape)> LlamaTensors(bool tied = false, string prefix = "model.", int layers = Layers) =>
    [
        (prefix + "embed_tokens.weight", [Vocabulary, Hidden]),
        .. Enumerable.Range(0, layers).Select(i => $"{prefix}layers.{i}.").SelectMany(l => ((string, int[])[])
        [
            (l + "input_layernorm.weight", [Hidden]), (l + "self_attn.q_proj.weight", [Hidden, Hidden]), (l + "self_attn.k_proj.weight", [KeyValue, Hidden]),
            (l + "self_attn.v_proj.weight", [KeyValue, Hidden]), (l + "self_attn.o_proj.weight", [Hidden, Hidden]), (l + "self_attn.rotary_emb.inv_freq", [1]),
            (l + "post_attention_layernorm.weight", [Hidden]), (l + "mlp.gate_proj.weight", [Inner, Hidden]), (l + "mlp.up_proj.weight", [Inner, Hidden]),
            (l + "mlp.down_proj.weight", [Hidden, Inner]),
        ]),
        (prefix + "norm.weight", [Hidden]),
        .. tied ? Array.Empty<(string, int[])>() : [("lm_head.weight", [Vocabulary, Hidden])],
    ];

    public static List<(string Name, int[] Shape)> Gpt2Tensors(string prefix = "") =>
    [
        (prefix + "wte.weight", [Vocabulary, Hidden]), (prefix + "wpe.weight", [Positions, Hidden]),
        .. Enumerable.Range(0, Layers).Select(i => $"{prefix}h.{i}.").SelectMany(l => ((string, int[])[])
        [
            (l + "ln_1.weight", [Hidden]), (l + "ln_1.bias", [Hidden]), (l + "attn.bias", [1, 1, 6, 6]), (l + "attn.c_attn.weight", [Hidden, 3 * Hidden]),
            (l + "attn.c_attn.bias", [3 * Hidden]), (l + "attn.c_proj.weight", [Hidden, Hidden]), (l + "attn.c_proj.bias", [Hidden]),
            (l + "ln_2.weight", [Hidden]), (l + "ln_2.bias", [Hidden]), (l + "mlp.c_fc.weight", [Hidden, Inner]), (l + "mlp.c_fc.bias", [Inner]),
            (l + "mlp.c_proj.weight", [Inner, Hidden]), (l + "mlp.c_proj.bias", [Hidden]),
        ]),
        (prefix + "ln_f.weight", [Hidden]), (prefix + "ln_f.bias", [Hidden]),
    ];

    public static ParameterSet Set(int layers, params IEnumerable<(string Path, int[] Shape)> parameters) => new(
        [.. parameters.Select(p => TestParameters.Declare(p.Path, p.Shape, p.Path.Contains('*', StringComparison.Ordinal) ? [layers] : []))], 1);

    private static (string, int[])[] Head() => [("head.weight", [Vocabulary, Hidden])];

    private static (string, int[])[] Norm(string name) => [(name + ".weight", [Hidden]), (name + ".bias", [Hidden])];
}
