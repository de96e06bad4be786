using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Diagnostics;

/// <summary>A reading is written only if every primitive of the network has a rule for it; there is no silent fallback.</summary>
internal static class ReadingRules
{
    public static IEnumerable<Finding> Missing(NetworkSpec spec, Graph forward)
    {
        if (spec.Readings.All(r => r.Name != "Certify"))
        {
            return [];
        }

        return Interval.MissingRules(forward)
            .Select(n => EquatableArray.Of("Certify", n.Op.Name, n.Label ?? spec.Name))
            .Distinct()
            .Select(words => new Finding("DG0014", spec.Module.TypeName + "/reading:Certify", words));
    }
}
