namespace DeepGen;

/// <summary>Fills a fresh parameter, whose first axis has so many rows, with the same numbers on every machine.</summary>
internal static class InitialValues
{
    public static void Fill(Span<float> values, int rows, Initializer kind, float scale, CounterRandom random)
    {
        switch (kind)
        {
            case Initializer.Zeros:
                values.Clear();
                break;
            case Initializer.Ones:
                values.Fill(1);
                break;
            case Initializer.Constant:
                values.Fill(scale);
                break;
            case Initializer.Uniform:
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = scale * random.Uniform(i);
                }

                break;
            case Initializer.Normal:
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = scale * random.Normal(i);
                }

                break;
            case Initializer.TruncatedNormal:
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = scale * Truncated(random, i, values.Length);
                }

                break;
            case Initializer.Orthogonal:
                OrthonormalRows.Fill(values, rows, scale, random);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }

    /// <summary>Of all the numbers that could stand at an index, those a whole array apart, the first that is not cut off.</summary>
    private static float Truncated(CounterRandom random, long index, int length)
    {
        while (true)
        {
            float value = random.Normal(index);
            if (value is >= -2 and <= 2)
            {
                return value;
            }

            index += length;
        }
    }
}
