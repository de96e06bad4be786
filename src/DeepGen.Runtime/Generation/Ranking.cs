namespace DeepGen;

/// <summary>
/// Tokens in the order of their logits, as far as it is asked for: the higher a key, the likelier the token, and of equal ones the
/// lower number comes first. Selecting takes a few passes instead of a sort.
/// </summary>
internal static class Ranking
{
    /// <summary>A key for every token.</summary>
    public static void Fill(Span<ulong> keys, ReadOnlySpan<float> logits)
    {
        for (int token = 0; token < keys.Length; token++)
        {
            // -0 and 0 are equal; negative numbers' bits go the other way.
            int bits = BitConverter.SingleToInt32Bits(logits[token] + 0f);
            uint order = (uint)(bits ^ ((bits >> 31) | int.MinValue));
            keys[token] = ((ulong)order << 32) | ~(uint)token;
        }
    }

    public static int Token(ulong key) => (int)~(uint)key;

    /// <summary>Brings the best to the front.</summary>
    /// <param name="keys">The keys, whose order changes.</param>
    /// <param name="count">How many are wanted.</param>
    public static int Best(Span<ulong> keys, int count) => Select(keys, [], count);

    /// <summary>Brings the best to the front until their weights reach a sum.</summary>
    /// <returns>How many they are, at least one.</returns>
    public static int Likeliest(Span<ulong> keys, ReadOnlySpan<float> weights, double wanted) => Select(keys, weights, wanted);

    public static double Sum(ReadOnlySpan<ulong> keys, ReadOnlySpan<float> weights)
    {
        double sum = 0;
        foreach (ulong key in keys)
        {
            sum += weights[Token(key)];
        }

        return sum;
    }

    /// <summary>The token at a part of the sum of weights.</summary>
    public static int Draw(ReadOnlySpan<ulong> keys, ReadOnlySpan<float> weights, double part)
    {
        double left = part * Sum(keys, weights);
        int last = Token(keys[0]);
        foreach (ulong key in keys)
        {
            float weight = weights[Token(key)];
            if (weight > 0)
            {
                last = Token(key);
                left -= weight;
                if (left < 0)
                {
                    break;
                }
            }
        }

        return last;
    }

    /// <summary>
    /// Quickselect by weight: what is greater than a pivot goes before it; if that is enough, the end lies among it, and else behind.
    /// </summary>
    private static int Select(Span<ulong> keys, ReadOnlySpan<float> weights, double wanted)
    {
        int low = 0, high = keys.Length;
        while (low < high)
        {
            ulong pivot = Median(keys[low], keys[low + ((high - low) / 2)], keys[high - 1]);
            int middle = low;
            for (int i = low; i < high; i++)
            {
                // Exchanged in any case: whether it is greater cannot be foreseen, and a wrong guess costs more.
                (keys[i], keys[middle]) = (keys[middle], keys[i]);
                middle += keys[middle] > pivot ? 1 : 0;
            }

            double mass = weights.IsEmpty ? middle - low : Sum(keys[low..middle], weights);
            int place = low + keys[low..high].IndexOf(pivot);
            (keys[place], keys[middle]) = (keys[middle], keys[place]);
            if (mass >= wanted)
            {
                high = middle;
                continue;
            }

            wanted -= mass + (weights.IsEmpty ? 1 : weights[Token(pivot)]);
            low = middle + 1;
            if (wanted <= 0)
            {
                return low;
            }
        }

        return Math.Max(low, 1);
    }

    private static ulong Median(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
