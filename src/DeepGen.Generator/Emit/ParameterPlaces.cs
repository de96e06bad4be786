using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using Buffer = DeepGen.Generator.Lower.Buffer;

namespace DeepGen.Generator.Emit;

/// <summary>Parameters lie one after another, each at a multiple of sixteen floats; and so does what there is one of for each.</summary>
internal static class ParameterPlaces
{
    public static Dictionary<string, View> Of(ImmutableArray<ParameterSpec> parameters, Memory memory)
    {
        var views = new Dictionary<string, View>();
        long offset = 0;
        foreach (ParameterSpec parameter in parameters)
        {
            Shape shape = Shape.OfConstants(parameter.Counts.Concat(parameter.Shape));
            var place = new Buffer(memory, 0, parameter.Length) { Offset = offset, IsOfStack = parameter.Counts.Any() };
            views.Add(parameter.Path, View.Dense(place, shape, false));
            offset += Lanes.RoundUp(parameter.Length);
        }

        return views;
    }
}
