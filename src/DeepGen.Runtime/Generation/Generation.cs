using System.Runtime.CompilerServices;
using DeepGen.Text;

namespace DeepGen;

/// <summary>
/// What a decoder says after a prompt. Every enumeration begins anew, with the decoder's memory empty, and gives the same again. What is
/// wrong with prompt or options is said at the call, before anything is computed.
/// </summary>
public static class Generation
{
    /// <summary>The tokens that follow a prompt.</summary>
    /// <param name="decoder">The network.</param>
    /// <param name="prompt">What comes before, at least one token.</param>
    /// <param name="options">How tokens are chosen, and when to end; its stop strings need the overload with a tokenizer.</param>
    /// <exception cref="ArgumentException">The prompt is empty, too long or has tokens that there are not, or an option makes no sense.</exception>
    public static IEnumerable<int> Generate(this IDecoder decoder, IReadOnlyList<int> prompt, GenerationOptions? options = null)
    {
        var (tokens, how) = Checked(decoder, prompt, options);
        return Tokens(decoder, tokens, how);
    }

    /// <summary>The tokens that follow a prompt, each computed on a thread of the pool.</summary>
    /// <param name="decoder">The network.</param>
    /// <param name="prompt">What comes before, at least one token.</param>
    /// <param name="options">How tokens are chosen, and when to end; its stop strings need the overload with a tokenizer.</param>
    /// <param name="cancellation">Ends the enumeration before its next token.</param>
    /// <exception cref="ArgumentException">The prompt is empty, too long or has tokens that there are not, or an option makes no sense.</exception>
    public static IAsyncEnumerable<int> GenerateAsync(
        this IDecoder decoder, IReadOnlyList<int> prompt, GenerationOptions? options = null, CancellationToken cancellation = default)
    {
        var (tokens, how) = Checked(decoder, prompt, options);
        return TokensAsync(decoder, tokens, how, cancellation);
    }

    /// <summary>The text that follows a prompt, in pieces of whole characters.</summary>
    /// <param name="decoder">The network.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="prompt">What comes before.</param>
    /// <param name="options">How tokens are chosen, and when to end.</param>
    /// <exception cref="ArgumentException">The prompt has no token, too many or such that there are not, or an option makes no sense.</exception>
    public static IEnumerable<string> Generate(this IDecoder decoder, ITokenizer tokenizer, string prompt, GenerationOptions? options = null)
    {
        var (tokens, how) = Checked(decoder, tokenizer, prompt, options);
        return Pieces(decoder, tokenizer, tokens, how);
    }

    /// <summary>The text that follows a prompt, in pieces of whole characters, each computed on a thread of the pool.</summary>
    /// <param name="decoder">The network.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="prompt">What comes before.</param>
    /// <param name="options">How tokens are chosen, and when to end.</param>
    /// <param name="cancellation">Ends the enumeration before its next token.</param>
    /// <exception cref="ArgumentException">The prompt has no token, too many or such that there are not, or an option makes no sense.</exception>
    public static IAsyncEnumerable<string> GenerateAsync(
        this IDecoder decoder, ITokenizer tokenizer, string prompt, GenerationOptions? options = null, CancellationToken cancellation = default)
    {
        var (tokens, how) = Checked(decoder, tokenizer, prompt, options);
        return PiecesAsync(decoder, tokenizer, tokens, how, cancellation);
    }

    private static IEnumerable<int> Tokens(IDecoder decoder, int[] prompt, GenerationOptions options)
    {
        for (var loop = new TokenLoop(decoder, prompt, options); loop.MoveNext(CancellationToken.None);)
        {
            yield return loop.Current;
        }
    }

    private static async IAsyncEnumerable<int> TokensAsync(
        IDecoder decoder, int[] prompt, GenerationOptions options, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await OffCaller();
        for (var loop = new TokenLoop(decoder, prompt, options); loop.MoveNext(cancellation);)
        {
            yield return loop.Current;
            await OffCaller();
        }
    }

    private static IEnumerable<string> Pieces(IDecoder decoder, ITokenizer tokenizer, int[] prompt, GenerationOptions options)
    {
        for (var loop = new TextLoop(new TokenLoop(decoder, prompt, options), tokenizer, options); loop.MoveNext(CancellationToken.None);)
        {
            yield return loop.Current;
        }
    }

    private static async IAsyncEnumerable<string> PiecesAsync(
        IDecoder decoder, ITokenizer tokenizer, int[] prompt, GenerationOptions options, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await OffCaller();
        for (var loop = new TextLoop(new TokenLoop(decoder, prompt, options), tokenizer, options); loop.MoveNext(cancellation);)
        {
            yield return loop.Current;
            await OffCaller();
        }
    }

    /// <summary>Goes on on a thread of the pool, without allocating.</summary>
    private static ConfiguredTaskAwaitable OffCaller() => Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

    private static (int[] Prompt, GenerationOptions Options) Checked(IDecoder decoder, IReadOnlyList<int> prompt, GenerationOptions? options)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        if (options?.StopStrings.Count > 0)
        {
            throw new ArgumentException("stop strings can be found only where a tokenizer is given", nameof(options));
        }

        return CheckedAll(decoder, [.. prompt], options);
    }

    private static (int[] Prompt, GenerationOptions Options) Checked(IDecoder decoder, ITokenizer tokenizer, string prompt, GenerationOptions? options)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return CheckedAll(decoder, tokenizer.Encode(prompt), options);
    }

    private static (int[] Prompt, GenerationOptions Options) CheckedAll(IDecoder decoder, int[] prompt, GenerationOptions? options)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        options ??= new();
        TokenLoop.Check(decoder, prompt, options);
        return (prompt, options);
    }
}
