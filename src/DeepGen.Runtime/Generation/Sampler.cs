using DeepGen.Runtime;

namespace DeepGen;

/// <summary>Chooses tokens by their logits. It allocates only when it is made; not for several threads at once.</summary>
public sealed class Sampler
{
    private readonly GenerationOptions _options;
    private readonly CounterRandom _random;
    private readonly float[] _weights;
    private readonly ulong[] _ranked;
    private readonly bool[] _seen;
    private readonly int[] _seenTokens;
    private int _seenCount;
    private long _draws;

    /// <param name="vocabulary">How many tokens there are.</param>
    /// <param name="options">How they are chosen; what they say of the end is not looked at.</param>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    public Sampler(int vocabulary, GenerationOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabulary, 1);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
        _random = new CounterRandom(options.Seed, "tokens");
        _weights = new float[vocabulary];
        bool ranks = options.Temperature > 0 && (options.TopP < 1 || (options.TopK > 0 && options.TopK < vocabulary));
        _ranked = ranks ? new ulong[vocabulary] : [];
        bool remembers = options.RepetitionPenalty != 1;
        (_seen, _seenTokens) = remembers ? (new bool[vocabulary], new int[vocabulary]) : ([], []);
    }

    /// <summary>Remembers tokens that came before, for the sake of the repetition penalty; those that are chosen are remembered anyway.</summary>
    /// <exception cref="ArgumentException">There is no such token.</exception>
    public void Observe(ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)_weights.Length)
            {
                throw new ArgumentException($"token {token} is none of the {_weights.Length}", nameof(tokens));
            }

            Remember(token);
        }
    }

    /// <summary>Chooses a token.</summary>
    /// <exception cref="ArgumentException">There are more or fewer logits than tokens, or no token could be chosen by them.</exception>
    public int Next(ReadOnlySpan<float> logits)
    {
        if (logits.Length != _weights.Length)
        {
            throw new ArgumentException($"there are {logits.Length} logits for {_weights.Length} tokens", nameof(logits));
        }

        logits.CopyTo(_weights);
        foreach (int token in _seenTokens.AsSpan(0, _seenCount))
        {
            ref float logit = ref _weights[token];
            logit = logit < 0 ? logit * _options.RepetitionPenalty : logit / _options.RepetitionPenalty;
        }

        int best = Best(_weights);
        int chosen = _options.Temperature == 0 ? best : Draw(best);
        Remember(chosen);
        return chosen;
    }

    private void Remember(int token)
    {
        if (_seen.Length > 0 && !_seen[token])
        {
            _seen[token] = true;
            _seenTokens[_seenCount++] = token;
        }
    }

    /// <summary>The first of the greatest; refuses what is no order.</summary>
    private static int Best(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (!(logits[i] < float.PositiveInfinity))
            {
                throw new ArgumentException($"the logit of token {i} is {(float.IsNaN(logits[i]) ? "NaN" : "infinite")}", nameof(logits));
            }

            best = logits[i] > logits[best] ? i : best;
        }

        return logits[best] > float.NegativeInfinity ? best : throw new ArgumentException("the logits of all tokens are minus infinity", nameof(logits));
    }

    private int Draw(int best)
    {
        if (_ranked.Length > 0)
        {
            Ranking.Fill(_ranked, _weights);
        }

        SamplingWeights.Fill(_weights, _weights[best], _options.Temperature);
        double part = (_random.Bits(_draws++) >> 11) * (1.0 / (1L << 53));
        if (_ranked.Length == 0)
        {
            return DrawFromAll(part);
        }

        var kept = _ranked.AsSpan();
        if (_options.TopK > 0 && _options.TopK < kept.Length)
        {
            kept = kept[..Ranking.Best(kept, _options.TopK)];
        }

        if (_options.TopP < 1)
        {
            kept = kept[..Ranking.Likeliest(kept, _weights, _options.TopP * Ranking.Sum(kept, _weights))];
        }

        return Ranking.Draw(kept, _weights, part);
    }

    private int DrawFromAll(double part)
    {
        double sum = 0;
        foreach (float weight in _weights)
        {
            sum += weight;
        }

        double left = part * sum;
        int last = 0;
        for (int token = 0; token < _weights.Length; token++)
        {
            if (_weights[token] > 0)
            {
                last = token;
                left -= _weights[token];
                if (left < 0)
                {
                    break;
                }
            }
        }

        return last;
    }
}
