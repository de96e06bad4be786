namespace DeepGen;

/// <summary>Fills a fresh parameter.</summary>
internal static class InitialValues
{
    public static void Fill(Span<float> values, Initializer kind, float scale, CounterRandom random)
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
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }
}
