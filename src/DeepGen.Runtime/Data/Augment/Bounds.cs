using System.Runtime.CompilerServices;

namespace DeepGen.Data;

/// <summary>Ranges of settings; not-a-number lies in none.</summary>
internal static class Bounds
{
    public static void Check(float value, float least, float most, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, $"expected {least} to {most}");
        }
    }
}
