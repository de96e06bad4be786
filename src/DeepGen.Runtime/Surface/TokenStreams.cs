namespace DeepGen.Runtime;

/// <summary>Several tokens for streams; called by generated code.</summary>
public static class TokenStreams
{
    /// <summary>How many tokens there are for each stream.</summary>
    /// <exception cref="ArgumentException">None, or not as many for each.</exception>
    /// <exception cref="InvalidOperationException">More than can still come.</exception>
    public static int Length(int tokens, StreamState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (tokens == 0 || tokens % state.Batch != 0)
        {
            throw new ArgumentException($"there are {tokens} tokens, but each of {state.Batch} streams must have as many, and at least one", nameof(tokens));
        }

        int length = tokens / state.Batch;
        return length <= state.Longest - state.Position
            ? length
            : throw new InvalidOperationException(
                $"{state.Position} elements have come and {length} are to come, but the sizes declared allow {state.Longest}; Reset the state, or declare a larger size");
    }

    /// <summary>Takes them one by one.</summary>
    public static void Step(ITokenModel network, ReadOnlySpan<int> tokens, Span<float> scores, StreamState state)
    {
        ArgumentNullException.ThrowIfNull(network);
        const int Few = 64;
        int length = Length(tokens.Length, state);
        Span<int> now = state.Batch <= Few ? stackalloc int[Few] : new int[state.Batch];
        now = now[..state.Batch];
        for (int i = 0; i < length; i++)
        {
            for (int stream = 0; stream < now.Length; stream++)
            {
                now[stream] = tokens[(stream * length) + i];
            }

            network.Step(now, scores, state);
        }
    }
}
