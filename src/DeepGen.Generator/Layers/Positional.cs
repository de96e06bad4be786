using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Layers;

/// <summary>Tables with a row for each position: those of a sequence that may be shorter come first.</summary>
internal static class Positional
{
    public static Argument Base(string name) => Argument.Real(name, 10000f, "greater than 1", v => (float)v > 1);

    /// <summary>The most positions the sequence x [B, t, …] can have.</summary>
    public static int Longest(Term x) => x.Shape[1].Value;

    /// <summary>The first rows of a table, as many as there are positions.</summary>
    public static Term Rows(Term table, Size positions) => table.Slice(0, 0, positions);

    /// <summary>[rows, columns] of f(i · base^(−k / frequencies), column), k being the frequency of the column.</summary>
    public static Term Table(GraphBuilder graph, int rows, int columns, double @base, Func<double, int, double> f, Func<int, int> frequency, int frequencies)
    {
        var values = ImmutableArray.CreateBuilder<float>(rows * columns);
        for (int i = 0; i < rows; i++)
        {
            for (int c = 0; c < columns; c++)
            {
                values.Add((float)f(i * Math.Pow(@base, -(double)frequency(c) / frequencies), c));
            }
        }

        return new Term(graph, graph.Add(new Constant(Shape.Of(rows, columns), new EquatableArray<float>(values.MoveToImmutable()))));
    }
}
