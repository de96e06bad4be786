using DeepGen.Runtime;

namespace DeepGen.Tests;

/// <summary>
/// A decoder whose logits are a function of all tokens so far, so that nothing can be left out or taken twice unseen. It refuses what a
/// compiled one would refuse.
/// </summary>
internal sealed class DriftingDecoder(int vocabulary, int maximumLength) : IDecoder
{
    private readonly float[] _logits = new float[vocabulary];
    private ulong _state;

    public int Vocabulary => vocabulary;

    public int MaximumLength => maximumLength;

    public int Position { get; private set; }

    /// <summary>How often the decoder was called, resets aside.</summary>
    public int Calls { get; private set; }

    public Action<int>? BeforeStep { get; set; }

    public void Reset() => (Position, _state) = (0, 0);

    public ReadOnlySpan<float> Prefill(ReadOnlySpan<int> tokens)
    {
        Calls++;
        foreach (int token in tokens)
        {
            Take(token);
        }

        return Logits();
    }

    public ReadOnlySpan<float> Step(int token)
    {
        Calls++;
        BeforeStep?.Invoke(Position);
        Take(token);
        return Logits();
    }

    private void Take(int token)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)vocabulary);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Position, maximumLength);
        _state = new CounterRandom(_state, "state").Bits(token);
        Position++;
    }

    private ReadOnlySpan<float> Logits()
    {
        var random = new CounterRandom(_state, "logits");
        for (int i = 0; i < _logits.Length; i++)
        {
            _logits[i] = 3 * random.Uniform(i);
        }

        return _logits;
    }
}

/// <summary>A decoder that says a text, token by token, whatever it is told.</summary>
internal sealed class RecitingDecoder(int vocabulary, params int[] tokens) : IDecoder
{
    private readonly float[] _logits = new float[vocabulary];
    private int _said;

    public int Vocabulary => vocabulary;

    public int MaximumLength => 1000;

    public int Position { get; private set; }

    public void Reset() => (Position, _said) = (0, 0);

    public ReadOnlySpan<float> Prefill(ReadOnlySpan<int> prompt)
    {
        Position += prompt.Length;
        return Say();
    }

    public ReadOnlySpan<float> Step(int token)
    {
        Position++;
        return Say();
    }

    private ReadOnlySpan<float> Say()
    {
        Array.Clear(_logits);
        _logits[tokens[_said++ % tokens.Length]] = 1;
        return _logits;
    }
}
