namespace DeepGen;

/// <summary>Decoders of networks the compiler wrote a step for.</summary>
public static class NetworkDecoders
{
    /// <summary>
    /// A decoder of a network of tokens, with a memory of its own: several may go through different texts side by side. It uses the
    /// network's parameters as they are; after training, <see cref="IDecoder.Reset"/> it, as what it remembers is of the old ones.
    /// </summary>
    /// <param name="network">A network with <c>[Stream]</c>, tokens as its input and scores of the next one as its output.</param>
    public static IDecoder NewDecoder(this ITokenModel network) => new NetworkDecoder(network);
}

/// <summary>One stream of tokens through a network.</summary>
internal sealed class NetworkDecoder : IDecoder
{
    private readonly ITokenModel _network;
    private readonly StreamState _state;
    private readonly float[] _scores;

    public NetworkDecoder(ITokenModel network)
    {
        ArgumentNullException.ThrowIfNull(network);
        _network = network;
        _state = network.NewState();
        _scores = new float[network.Vocabulary];
    }

    public int Vocabulary => _scores.Length;

    public int MaximumLength => _state.Longest;

    public int Position => _state.Position;

    public void Reset() => _state.Reset();

    public ReadOnlySpan<float> Prefill(ReadOnlySpan<int> tokens)
    {
        if (tokens.IsEmpty)
        {
            throw new ArgumentException("there are no tokens to take; at least one is needed for another to follow", nameof(tokens));
        }

        CheckRoom(tokens.Length);
        for (int i = 0; i < tokens.Length; i++)
        {
            CheckToken(tokens[i], i);
        }

        _network.Prefill(tokens, _scores, _state);
        return _scores;
    }

    public ReadOnlySpan<float> Step(int token)
    {
        CheckRoom(1);
        CheckToken(token, 0);
        _network.Step([token], _scores, _state);
        return _scores;
    }

    private void CheckRoom(int count)
    {
        if (count > MaximumLength - Position)
        {
            throw new InvalidOperationException(
                $"{Position} tokens are remembered and {count} more {(count == 1 ? "is" : "are")} to come, but at most {MaximumLength} can be; Reset the decoder, or declare a larger size");
        }
    }

    private void CheckToken(int token, int index)
    {
        if ((uint)token >= (uint)_scores.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(token), token, $"token {token} at position {Position + index} is none of the network's, which are 0 to {_scores.Length - 1}");
        }
    }
}
