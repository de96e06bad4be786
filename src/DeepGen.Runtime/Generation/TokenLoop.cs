namespace DeepGen;

/// <summary>The tokens that follow a prompt, one at a time.</summary>
internal sealed class TokenLoop
{
    private readonly IDecoder _decoder;
    private readonly int[] _prompt;
    private readonly int[] _stops;
    private readonly Sampler _sampler;
    private readonly int _most;
    private int _count;
    private bool _ended;

    public TokenLoop(IDecoder decoder, int[] prompt, GenerationOptions options)
    {
        (_decoder, _prompt) = (decoder, prompt);
        _stops = [.. options.StopTokens];
        _most = options.MaximumTokens ?? Room(decoder, prompt.Length);
        _sampler = new Sampler(decoder.Vocabulary, options);
        _sampler.Observe(prompt);
    }

    public int Current { get; private set; }

    /// <summary>Says what is wrong before anything is computed.</summary>
    public static void Check(IDecoder decoder, int[] prompt, GenerationOptions options)
    {
        options.Check();
        if (prompt.Length == 0)
        {
            throw new ArgumentException("the prompt is empty: there must be a token to begin with", nameof(prompt));
        }

        if (prompt.Length > decoder.MaximumLength)
        {
            throw new ArgumentException($"the prompt has {prompt.Length} tokens, but the decoder takes at most {decoder.MaximumLength}", nameof(prompt));
        }

        for (int i = 0; i < prompt.Length; i++)
        {
            if ((uint)prompt[i] >= (uint)decoder.Vocabulary)
            {
                throw new ArgumentException($"token {prompt[i]} at position {i} of the prompt is none of the decoder's, which are 0 to {decoder.Vocabulary - 1}", nameof(prompt));
            }
        }

        foreach (int token in options.StopTokens)
        {
            if ((uint)token >= (uint)decoder.Vocabulary)
            {
                throw new ArgumentException($"the stop token {token} is none of the decoder's, which are 0 to {decoder.Vocabulary - 1}", nameof(options));
            }
        }

        if (options.MaximumTokens > Room(decoder, prompt.Length))
        {
            throw new ArgumentException(
                $"after a prompt of {prompt.Length} tokens the decoder, which takes {decoder.MaximumLength}, can give {Room(decoder, prompt.Length)}, but {options.MaximumTokens} are asked for",
                nameof(options));
        }
    }

    /// <summary>Goes on to the next token; the one that ends the text does not count.</summary>
    public bool MoveNext(CancellationToken cancellation)
    {
        if (_ended || _count == _most)
        {
            return false;
        }

        cancellation.ThrowIfCancellationRequested();
        if (_count == 0)
        {
            _decoder.Reset();
        }

        var logits = _count == 0 ? _decoder.Prefill(_prompt) : _decoder.Step(Current);
        Current = _sampler.Next(logits);
        _count++;
        _ended = _stops.AsSpan().Contains(Current);
        return !_ended;
    }

    /// <summary>The last token need not be taken by the decoder.</summary>
    private static int Room(IDecoder decoder, int prompt) => decoder.MaximumLength - prompt + 1;
}
