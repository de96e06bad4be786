using System.Globalization;
using System.Runtime.InteropServices;

namespace DeepGen.SideBySide.Measuring;

/// <summary>Whether two sides computed the same: to a ten-thousandth of the greatest number, tensor by tensor.</summary>
internal static class Agreement
{
    public const double Tolerance = 1e-4;

    /// <summary>How many steps of training are compared.</summary>
    public const int Steps = 3;

    /// <summary>The outputs both sides say; null when they agree, otherwise what is wrong.</summary>
    public static string? OfOutputs(ReadOnlySpan<float> ours, string file)
    {
        ReadOnlySpan<float> theirs = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file));
        return ours.Length != theirs.Length ? $"{theirs.Length} outputs in place of {ours.Length}" : Differ("outputs", ours, theirs);
    }

    /// <summary>
    /// The weights both sides have reached; null when they agree. Weights that hardly moved would agree whatever the steps did, so at
    /// least one tensor must have moved twenty times as far as may be tolerated.
    /// </summary>
    public static string? OfWeights(ParameterSet before, ParameterSet ours, ParameterSet theirs)
    {
        double moved = 0;
        for (int i = 0; i < ours.Count; i++)
        {
            if (Differ(ours[i].Name, ours[i].Values, theirs[i].Values) is { } difference)
                return difference;
            if (ours[i].Trainable)
                moved = Math.Max(moved, Distance(before[i].Values, ours[i].Values));
        }

        return moved < 20 * Tolerance ? string.Create(CultureInfo.InvariantCulture, $"the steps compared moved no weight by more than {moved:0.0e-0}") : null;
    }

    private static string? Differ(string what, ReadOnlySpan<float> ours, ReadOnlySpan<float> theirs)
    {
        double distance = Distance(ours, theirs);
        return distance <= Tolerance ? null : string.Create(CultureInfo.InvariantCulture, $"{what} differ by {distance:0.0e-0} of the greatest");
    }

    /// <summary>The greatest difference in units of the greatest number; infinite where either side has a number that is not finite.</summary>
    public static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double most = 0, greatest = 0;
        for (int i = 0; i < a.Length; i++)
        {
            if (!float.IsFinite(a[i]) || !float.IsFinite(b[i]))
                return double.PositiveInfinity;
            most = Math.Max(most, Math.Abs((double)a[i] - b[i]));
            greatest = Math.Max(greatest, Math.Abs((double)a[i]));
        }

        return most == 0 ? 0 : most / greatest;
    }
}
