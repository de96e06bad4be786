namespace DeepGen.Runtime;

/// <summary>Boxes of inputs: lower[i] ≤ x[i] ≤ upper[i].</summary>
public static class Box
{
    /// <summary>Checks that a box has a point in it: no corner is infinite or missing, none lies beyond its opposite.</summary>
    /// <exception cref="ArgumentException">It has not; the message names the place.</exception>
    public static void Check(ReadOnlySpan<float> lower, ReadOnlySpan<float> upper, string name)
    {
        for (int i = 0; i < lower.Length; i++)
        {
            if (!(lower[i] <= upper[i]) || !float.IsFinite(lower[i]) || !float.IsFinite(upper[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"the box of '{name}' is empty or unbounded at value {i}: from {lower[i]} to {upper[i]}"), name);
            }
        }
    }

    /// <summary>The box of all points at most epsilon from x in every value. Its corners are rounded outwards.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Epsilon is negative or not finite.</exception>
    public static void Around(ReadOnlySpan<float> x, float epsilon, out float[] lower, out float[] upper)
    {
        if (!(epsilon >= 0) || !float.IsFinite(epsilon))
        {
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "epsilon must be a finite number that is not negative");
        }

        lower = new float[x.Length];
        upper = new float[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            // A rounded sum is at most half a step off, so one step outwards covers it.
            lower[i] = epsilon == 0 ? x[i] : MathF.BitDecrement(x[i] - epsilon);
            upper[i] = epsilon == 0 ? x[i] : MathF.BitIncrement(x[i] + epsilon);
        }
    }
}
