using System.Globalization;
using DeepGen;

namespace Digits;

/// <summary>FNV-1a over the bits of all weights: equal hashes mean equal networks to the last bit.</summary>
internal static class WeightHash
{
    public static string Of(ParameterSet parameters)
    {
        ulong hash = 14695981039346656037;
        foreach (var parameter in parameters)
            foreach (float value in parameter.Values)
                hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 1099511628211;
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
