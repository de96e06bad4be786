using System.Text.Json;

namespace DeepGen.Text;

/// <summary>Parts of a tokenizer's file, asked for by name, with an error that names what is missing or of another kind.</summary>
internal static class TokenizerJson
{
    /// <summary>Reads a whole file; every error says which one it is.</summary>
    public static T Read<T>(string name, ReadOnlyMemory<byte> json, Func<JsonElement, T> read)
    {
        try
        {
            if (json.Span.StartsWith(Mark))
            {
                json = json[Mark.Length..];
            }

            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? read(document.RootElement)
                : throw new TokenizerException($"it holds {Kind(document.RootElement)} where an object is expected");
        }
        catch (TokenizerException e)
        {
            throw new TokenizerException($"cannot read '{name}': {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new TokenizerException($"cannot read '{name}': it is no JSON, or its end is missing: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new TokenizerException($"cannot read '{name}': {e.Message}", e);
        }
    }

    /// <summary>Whether a part is there; null counts as not.</summary>
    public static bool Has(JsonElement owner, string name, out JsonElement value) =>
        owner.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    public static JsonElement Part(JsonElement owner, string name, string where, JsonValueKind kind)
    {
        if (!Has(owner, name, out var value))
        {
            throw new TokenizerException($"{where} has no '{name}'");
        }

        return value.ValueKind == kind
            ? value
            : throw new TokenizerException($"'{name}' of {where} is {Kind(value)}, but {Kind(kind)} is expected");
    }

    public static string Text(JsonElement owner, string name, string where) => Part(owner, name, where, JsonValueKind.String).GetString()!;

    public static bool Flag(JsonElement owner, string name, bool otherwise, string where) =>
        !Has(owner, name, out var value) ? otherwise
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw new TokenizerException($"'{name}' of {where} is {Kind(value)}, but true or false is expected");

    public static int Number(JsonElement value, string what) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= 0
            ? number
            : throw new TokenizerException($"{what} is {Excerpt(value)}, but a natural number is expected");

    /// <summary>The type that parts of a pipeline carry.</summary>
    public static string Type(JsonElement part, string where) => part.ValueKind == JsonValueKind.Object
        ? Text(part, "type", where)
        : throw new TokenizerException($"{where} is {Kind(part)}, but an object is expected");

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private static string Kind(JsonElement value) => Kind(value.ValueKind);

    private static string Kind(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null or JsonValueKind.Undefined => "nothing",
        _ => "true or false",
    };

    private static string Excerpt(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}
