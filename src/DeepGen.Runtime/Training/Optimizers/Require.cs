namespace DeepGen;

/// <summary>Refuses settings that mean nothing, NaN among them.</summary>
internal static class Require
{
    public static void NotNegative(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a number that is not negative");
        }
    }

    public static void Positive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be greater than 0");
        }
    }

    /// <summary>From 0 on and less than 1: what an average keeps of its past.</summary>
    public static void Decay(double value, string name)
    {
        if (!(value is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 and less than 1");
        }
    }
}
