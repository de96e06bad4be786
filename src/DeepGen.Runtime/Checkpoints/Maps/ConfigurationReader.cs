using System.Text.Json;

namespace DeepGen.Checkpoints;

/// <summary>Reads and checks a config.json. Names differ by family, and where a name is missing the family has its own value.</summary>
internal static class ConfigurationReader
{
    private const int Most = 1 << 24;

    public static ModelConfiguration Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new CheckpointException("it holds no object");
        }

        string family = Has(root, "model_type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "without a model_type";
        return family switch
        {
            "llama" or "mistral" => ReadLlama(root, family),
            "gpt2" => ReadGpt2(root),
            _ => throw new CheckpointException($"its family is '{family}'; llama, mistral and gpt2 can be read"),
        };
    }

    private static ModelConfiguration ReadLlama(JsonElement root, string family)
    {
        int hidden = Natural(root, "hidden_size"), heads = Natural(root, "num_attention_heads");
        int groups = Natural(root, "num_key_value_heads", heads);
        if (heads % groups != 0)
        {
            throw new CheckpointException($"its {heads} heads (num_attention_heads) cannot share {groups} of keys and values (num_key_value_heads) evenly");
        }

        var (rotary, scaling) = Rotary(root);
        return new()
        {
            Family = family,
            Vocabulary = Natural(root, "vocab_size"),
            HiddenSize = hidden,
            IntermediateSize = Natural(root, "intermediate_size"),
            Layers = Natural(root, "num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = groups,
            HeadSize = Has(root, "head_dim", out _) ? Natural(root, "head_dim") : Divided(hidden, heads, "hidden_size", "num_attention_heads"),
            MaximumLength = Natural(root, "max_position_embeddings", 2048),
            NormEpsilon = Positive(root, "rms_norm_eps", 1e-6),
            RotaryBase = rotary,
            RotaryScaling = scaling,
            TiedOutput = Flag(root, "tie_word_embeddings", false),
            Activation = Text(root, "hidden_act", "silu"),
            BeginToken = Tokens(root, "bos_token_id") is [int begin, ..] ? begin : null,
            EndTokens = Tokens(root, "eos_token_id"),
        };
    }

    private static ModelConfiguration ReadGpt2(JsonElement root)
    {
        int hidden = Natural(root, "n_embd"), heads = Natural(root, "n_head");
        return new()
        {
            Family = "gpt2",
            Vocabulary = Natural(root, "vocab_size"),
            HiddenSize = hidden,
            IntermediateSize = Natural(root, "n_inner", 4 * hidden),
            Layers = Natural(root, "n_layer"),
            Heads = heads,
            KeyValueHeads = heads,
            HeadSize = Divided(hidden, heads, "n_embd", "n_head"),
            MaximumLength = Has(root, "n_positions", out _) ? Natural(root, "n_positions") : Natural(root, "n_ctx", 1024),
            NormEpsilon = Positive(root, "layer_norm_epsilon", 1e-5),
            TiedOutput = Flag(root, "tie_word_embeddings", true),
            Activation = Text(root, "activation_function", "gelu_new"),
            BeginToken = Tokens(root, "bos_token_id") is [int begin, ..] ? begin : null,
            EndTokens = Tokens(root, "eos_token_id"),
        };
    }

    /// <summary>In older files rope_theta and rope_scaling, in newer ones both in rope_parameters.</summary>
    private static (double Base, string? Scaling) Rotary(JsonElement root)
    {
        var owner = Has(root, "rope_parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Object ? parameters : root;
        var scaling = Has(root, "rope_scaling", out var scaled) && scaled.ValueKind == JsonValueKind.Object ? scaled : owner;
        string type = Text(scaling, "rope_type", Text(scaling, "type", "default"));
        return (Positive(owner, "rope_theta", 10000), type == "default" ? null : type);
    }

    private static int Divided(int size, int parts, string sizeName, string partsName) => size % parts == 0
        ? size / parts
        : throw new CheckpointException($"its {sizeName} {size} cannot be divided by its {partsName} {parts}");

    private static bool Has(JsonElement owner, string name, out JsonElement value) =>
        owner.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private static int Natural(JsonElement root, string name, int? otherwise = null)
    {
        if (!Has(root, name, out var value))
        {
            return otherwise ?? throw new CheckpointException($"it has no '{name}'");
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number is > 0 and <= Most
            ? number
            : throw new CheckpointException($"its '{name}' is {value.GetRawText()}, but a whole number from 1 to {Most} is expected");
    }

    private static double Positive(JsonElement root, string name, double otherwise) => !Has(root, name, out var value) ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.GetDouble() is > 0 and < double.PositiveInfinity and var number ? number
        : throw new CheckpointException($"its '{name}' is {value.GetRawText()}, but a positive number is expected");

    private static bool Flag(JsonElement root, string name, bool otherwise) => !Has(root, name, out var value) ? otherwise
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw new CheckpointException($"its '{name}' is {value.GetRawText()}, but true or false is expected");

    private static string Text(JsonElement root, string name, string otherwise) => !Has(root, name, out var value) ? otherwise
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : throw new CheckpointException($"its '{name}' is {value.GetRawText()}, but a string is expected");

    /// <summary>A token or a list of them.</summary>
    private static int[] Tokens(JsonElement root, string name)
    {
        if (!Has(root, name, out var value))
        {
            return [];
        }

        var all = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : (JsonElement[])[value];
        return [.. all.Select(t => t.ValueKind == JsonValueKind.Number && t.TryGetInt32(out int token) && token >= 0
            ? token
            : throw new CheckpointException($"its '{name}' is {value.GetRawText()}, but a token or a list of tokens is expected"))];
    }
}
