namespace DeepGen;

/// <summary>How tokens are chosen, and when to end. Logits go through the options in the order in which they are listed here, which is Hugging Face's.</summary>
public sealed record GenerationOptions
{
    /// <summary>Always the likeliest token.</summary>
    public static GenerationOptions Greedy { get; } = new() { Temperature = 0 };

    /// <summary>More than 1 makes tokens that have come already less likely: their positive logits are divided by it, negative ones multiplied.</summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>What logits are divided by: below 1 likely tokens become likelier still. 0 takes the likeliest, the first of several.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>How many of the likeliest tokens are considered; 0 is all. Of equally likely ones those with the lower numbers come first.</summary>
    public int TopK { get; init; }

    /// <summary>The likeliest tokens are considered until their probabilities add up to this; 1 is all.</summary>
    public float TopP { get; init; } = 1;

    /// <summary>Equal seeds give equal tokens for equal logits, on every machine with fused multiply-add.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many tokens are generated at most; nothing is as many as the decoder has room for.</summary>
    public int? MaximumTokens { get; init; }

    /// <summary>Tokens that end the text. They are not part of it.</summary>
    public IReadOnlyList<int> StopTokens { get; init; } = [];

    /// <summary>Texts that end the text, where a tokenizer is at hand. They are not part of it.</summary>
    public IReadOnlyList<string> StopStrings { get; init; } = [];

    internal void Check()
    {
        if (!(RepetitionPenalty > 0 && float.IsFinite(RepetitionPenalty)))
        {
            throw Wrong(nameof(RepetitionPenalty), RepetitionPenalty, "a positive number");
        }

        if (!(Temperature >= 0 && float.IsFinite(Temperature)))
        {
            throw Wrong(nameof(Temperature), Temperature, "a number that is not negative");
        }

        if (!(TopP > 0 && TopP <= 1))
        {
            throw Wrong(nameof(TopP), TopP, "above 0 and at most 1");
        }

        if (TopK < 0)
        {
            throw Wrong(nameof(TopK), TopK, "a number of tokens, or 0 for all");
        }

        if (MaximumTokens < 0)
        {
            throw Wrong(nameof(MaximumTokens), MaximumTokens, "a number of tokens that is not negative");
        }

        if (StopStrings.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("a text that is empty cannot end anything", nameof(StopStrings));
        }
    }

    private static ArgumentOutOfRangeException Wrong(string name, object value, string wanted) =>
        new(name, value, FormattableString.Invariant($"{name} is {value}, but it must be {wanted}"));
}
