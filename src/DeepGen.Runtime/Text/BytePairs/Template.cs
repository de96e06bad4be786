using System.Text.Json;

namespace DeepGen.Text.BytePairs;

/// <summary>The tokens that a tokenizer puts before and after every text.</summary>
internal sealed record Template(int[] Before, int[] After)
{
    private const string Where = "the post_processor";

    public static Template Read(JsonElement part)
    {
        string type = TokenizerJson.Type(part, Where);
        return type switch
        {
            // It moves only the places of tokens in the text.
            "ByteLevel" => new([], []),
            "TemplateProcessing" => ReadTemplate(part),
            "Sequence" => TokenizerJson.Part(part, "processors", Where, JsonValueKind.Array).EnumerateArray().Select(Read)
                .Aggregate(new Template([], []), (all, next) => new([.. next.Before, .. all.Before], [.. all.After, .. next.After])),
            _ => throw new TokenizerException($"the post_processor '{type}' cannot be read; TemplateProcessing, ByteLevel and Sequence can"),
        };
    }

    private static Template ReadTemplate(JsonElement part)
    {
        var special = TokenizerJson.Part(part, "special_tokens", Where, JsonValueKind.Object);
        List<int> before = [], after = [];
        int texts = 0;
        foreach (var item in TokenizerJson.Part(part, "single", Where, JsonValueKind.Array).EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object && TokenizerJson.Has(item, "Sequence", out _))
            {
                texts++;
                continue;
            }

            string id = TokenizerJson.Text(TokenizerJson.Part(item, "SpecialToken", Where, JsonValueKind.Object), "id", Where);
            var tokens = TokenizerJson.Part(TokenizerJson.Part(special, id, $"'special_tokens' of {Where}", JsonValueKind.Object), "ids", Where, JsonValueKind.Array);
            (texts == 0 ? before : after).AddRange(tokens.EnumerateArray().Select(t => TokenizerJson.Number(t, $"a token of '{id}' in {Where}")));
        }

        return texts == 1 ? new([.. before], [.. after]) : throw new TokenizerException($"'single' of {Where} has {texts} texts, but one is expected");
    }
}
