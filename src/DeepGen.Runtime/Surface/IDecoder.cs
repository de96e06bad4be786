namespace DeepGen;

/// <summary>
/// A network that goes through a text token by token and remembers what it has computed (its key/value cache). Not for several threads
/// at once. The logits it gives are valid until its next call.
/// </summary>
public interface IDecoder
{
    /// <summary>How many tokens there are; logits have as many numbers.</summary>
    int Vocabulary { get; }

    /// <summary>How many tokens can be remembered.</summary>
    int MaximumLength { get; }

    /// <summary>How many tokens are remembered.</summary>
    int Position { get; }

    /// <summary>Forgets everything.</summary>
    void Reset();

    /// <summary>Takes several tokens after those that are remembered.</summary>
    /// <param name="tokens">At least one.</param>
    /// <returns>The logits of the token that follows the last one.</returns>
    ReadOnlySpan<float> Prefill(ReadOnlySpan<int> tokens);

    /// <summary>Takes one token after those that are remembered.</summary>
    /// <returns>The logits of the token that follows.</returns>
    ReadOnlySpan<float> Step(int token);
}
