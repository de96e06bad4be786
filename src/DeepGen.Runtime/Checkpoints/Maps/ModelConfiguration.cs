using System.Text.Json;
using DeepGen.Checkpoints;

namespace DeepGen;

/// <summary>What a <c>config.json</c> of Hugging Face says of a Llama-like or GPT-2 model.</summary>
public sealed record ModelConfiguration
{
    /// <summary>The family, as the file names it: "llama", "mistral" or "gpt2".</summary>
    public required string Family { get; init; }

    /// <summary>How many tokens there are.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>The size of a token's vector.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The size in the middle of the feed-forward.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>How many blocks.</summary>
    public required int Layers { get; init; }

    /// <summary>How many heads of queries.</summary>
    public required int Heads { get; init; }

    /// <summary>How many heads of keys and values.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>The size of a head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>How long a text may be.</summary>
    public required int MaximumLength { get; init; }

    /// <summary>ε of the norms.</summary>
    public required double NormEpsilon { get; init; }

    /// <summary>The base of rotary positions' frequencies; nothing where positions are learned.</summary>
    public double? RotaryBase { get; init; }

    /// <summary>How those frequencies are changed for long texts, "llama3" for instance; nothing if they are not. A network must do the same.</summary>
    public string? RotaryScaling { get; init; }

    /// <summary>Whether the output's weight is the embedding's.</summary>
    public bool TiedOutput { get; init; }

    /// <summary>The feed-forward's activation: "silu", "gelu_new".</summary>
    public required string Activation { get; init; }

    /// <summary>The token with which a text begins.</summary>
    public int? BeginToken { get; init; }

    /// <summary>Tokens that end a text.</summary>
    public IReadOnlyList<int> EndTokens { get; init; } = [];

    /// <summary>Reads a config.json, or the one in a folder.</summary>
    /// <exception cref="CheckpointException">It is damaged, contradicts itself or is another family's.</exception>
    public static ModelConfiguration Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Directory.Exists(path) ? Path.Combine(path, "config.json") : path;
        try
        {
            return ConfigurationReader.Read(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is CheckpointException or JsonException or InvalidOperationException)
        {
            throw new CheckpointException($"cannot read '{path}': {e.Message}", e);
        }
    }

    /// <summary>A size by the word that <see cref="CheckpointRule.Sized"/> uses: vocabulary, hidden, intermediate, positions, query, keyValue or projections.</summary>
    /// <exception cref="ArgumentException">The word is none of these.</exception>
    public int Size(string word) => word switch
    {
        "vocabulary" => Vocabulary,
        "hidden" => HiddenSize,
        "intermediate" => IntermediateSize,
        "positions" => MaximumLength,
        "query" => Heads * HeadSize,
        "keyValue" => KeyValueHeads * HeadSize,
        "projections" => (Heads + (2 * KeyValueHeads)) * HeadSize,
        _ => throw new ArgumentException($"'{word}' is no size of a model", nameof(word)),
    };

    /// <summary>Compares the sizes with a network's parameters; a tied network may do without an output of its own.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="map">Which are which.</param>
    /// <exception cref="CheckpointException">They differ; the message names the parameters, and what is and what should be.</exception>
    public void Check(ParameterSet parameters, CheckpointMap map)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(map);
        CheckpointFit.Refuse(ConfigurationFit.Complaints(this, parameters, map), "the network does not fit the configuration");
    }
}
