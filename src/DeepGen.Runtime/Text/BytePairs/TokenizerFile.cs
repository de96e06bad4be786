using System.Text.Json;

namespace DeepGen.Text.BytePairs;

/// <summary>What a tokenizer.json says, checked as a whole.</summary>
internal sealed class TokenizerFile
{
    public required Vocabulary Vocabulary { get; init; }

    public required AddedToken[] Added { get; init; }

    public required Normalizer? Normalizer { get; init; }

    /// <summary>Cuts and merges what is between added tokens.</summary>
    public required WordStage Words { get; init; }

    public required Template Template { get; init; }

    public required TokenBytes Bytes { get; init; }

    public static TokenizerFile Read(JsonElement root)
    {
        var model = TokenizerJson.Part(root, "model", "the file", JsonValueKind.Object);
        CheckModel(model);
        var vocabulary = ReadVocabulary(model);
        var bytePairs = ReadModel(model, vocabulary);
        var added = TokenizerJson.Has(root, "added_tokens", out _) ? ReadAdded(root, vocabulary) : [];
        if (!TokenizerJson.Has(root, "decoder", out var decoder))
        {
            throw new TokenizerException("it has no decoder, without which tokens give no text");
        }

        var template = TokenizerJson.Has(root, "post_processor", out var after) ? Template.Read(after) : new([], []);
        foreach (int token in template.Before.Concat(template.After))
        {
            if (token >= vocabulary.Count)
            {
                throw new TokenizerException($"the post_processor adds token {token}, but the greatest is {vocabulary.Count - 1}");
            }
        }

        return new()
        {
            Vocabulary = vocabulary,
            Added = added,
            Normalizer = TokenizerJson.Has(root, "normalizer", out var normalizer) ? Normalizers.Read(normalizer) : null,
            Words = TokenizerJson.Has(root, "pre_tokenizer", out var cutting) ? PreTokenizers.Read(cutting, bytePairs) : bytePairs,
            Template = template,
            Bytes = new TokenBytes(decoder, vocabulary),
        };
    }

    /// <summary>Files of long ago name no type; their merges tell.</summary>
    private static void CheckModel(JsonElement model)
    {
        string type = TokenizerJson.Has(model, "type", out _) ? TokenizerJson.Text(model, "type", "the model")
            : TokenizerJson.Has(model, "merges", out _) ? "BPE"
            : "without a name";
        if (type != "BPE")
        {
            throw new TokenizerException($"its model is of the family '{type}'; only 'BPE' (byte pairs) can be read");
        }

        foreach (string name in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (TokenizerJson.Has(model, name, out _) && TokenizerJson.Text(model, name, "the model") is { Length: > 0 } text)
            {
                throw new TokenizerException($"its model marks parts of words ('{name}' is '{text}'), which cannot be read");
            }
        }

        if (TokenizerJson.Has(model, "dropout", out var dropout) && !(dropout.ValueKind == JsonValueKind.Number && dropout.GetDouble() == 0))
        {
            throw new TokenizerException($"its model leaves merges out at random ('dropout' is {dropout.GetRawText()}), which cannot be read");
        }
    }

    private static Vocabulary ReadVocabulary(JsonElement model)
    {
        var part = TokenizerJson.Part(model, "vocab", "the model", JsonValueKind.Object);
        var vocabulary = new Vocabulary(1 << 12);
        foreach (var entry in part.EnumerateObject())
        {
            vocabulary.Add(entry.Name, TokenizerJson.Number(entry.Value, $"the number of token '{entry.Name}'"));
        }

        return vocabulary.Count > 0 ? vocabulary : throw new TokenizerException("its vocabulary is empty");
    }

    private static BytePairModel ReadModel(JsonElement model, Vocabulary vocabulary)
    {
        int? unknown = null;
        if (TokenizerJson.Has(model, "unk_token", out _))
        {
            string piece = TokenizerJson.Text(model, "unk_token", "the model");
            unknown = vocabulary.TryFind(piece, out int token) ? token : throw new TokenizerException($"its unknown token '{piece}' is not in the vocabulary");
        }

        return new(vocabulary, ReadMerges(TokenizerJson.Part(model, "merges", "the model", JsonValueKind.Array), vocabulary))
        {
            WholeWords = TokenizerJson.Flag(model, "ignore_merges", false, "the model"),
            ByteFallback = TokenizerJson.Flag(model, "byte_fallback", false, "the model"),
            FuseUnknown = TokenizerJson.Flag(model, "fuse_unk", false, "the model"),
            Unknown = unknown,
        };
    }

    private static MergeTable ReadMerges(JsonElement part, Vocabulary vocabulary)
    {
        var merges = new MergeTable(part.GetArrayLength());
        int rank = 0;
        int Find(string piece) => vocabulary.TryFind(piece, out int token)
            ? token
            : throw new TokenizerException($"merge {rank} needs the token '{piece}', which is not in the vocabulary");
        foreach (var item in part.EnumerateArray())
        {
            var (left, right) = ReadMerge(item, rank);
            merges.Add(Find(left), Find(right), Find(left + right), rank);
            rank++;
        }

        return merges;
    }

    /// <summary>"left right" or ["left", "right"].</summary>
    private static (string Left, string Right) ReadMerge(JsonElement item, int rank)
    {
        string[] sides = item.ValueKind switch
        {
            JsonValueKind.String => item.GetString()!.Split(' '),
            JsonValueKind.Array when item.EnumerateArray().All(s => s.ValueKind == JsonValueKind.String) => [.. item.EnumerateArray().Select(s => s.GetString()!)],
            _ => [],
        };
        return sides is [{ Length: > 0 } left, { Length: > 0 } right] ? (left, right) : throw new TokenizerException($"merge {rank} is no pair: {item.GetRawText()}");
    }

    private static AddedToken[] ReadAdded(JsonElement root, Vocabulary vocabulary)
    {
        const string Where = "an added token";
        var added = new List<AddedToken>();
        foreach (var item in TokenizerJson.Part(root, "added_tokens", "the file", JsonValueKind.Array).EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw new TokenizerException($"{Where} is no object: {item.GetRawText()}");
            }

            string content = TokenizerJson.Text(item, "content", Where);
            int token = TokenizerJson.Number(TokenizerJson.Part(item, "id", Where, JsonValueKind.Number), $"the number of the added token '{content}'");
            bool special = TokenizerJson.Flag(item, "special", false, Where);
            vocabulary.Add(content, token);
            added.Add(new(
                token, content, TokenizerJson.Flag(item, "single_word", false, Where), TokenizerJson.Flag(item, "lstrip", false, Where),
                TokenizerJson.Flag(item, "rstrip", false, Where), TokenizerJson.Flag(item, "normalized", !special, Where), special));
        }

        return [.. added];
    }
}
