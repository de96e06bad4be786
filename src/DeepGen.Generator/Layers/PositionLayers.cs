using DeepGen.Generator.Check;

namespace DeepGen.Generator.Layers;

/// <summary>y[i] = x[i] + weight[i] for each position i of a sequence.</summary>
internal sealed class LearnedPositionsLayer() : Layer("LearnedPositions", Argument.Size("Longest"), Initialisation.Argument("Init"))
{
    public override Term? Apply(LayerCall call)
    {
        Term x = call.X;
        if (x.Sample.Rank != 2)
        {
            return call.WantsRank("a sequence");
        }

        int rows = Positional.Longest(x);
        int longest = call.Arguments.Has("Longest") ? call.Arguments.Whole("Longest") : rows;
        if (longest < rows)
        {
            return call.ReportAt("Longest", "DG0023", "Longest", ShapeWords.Number(longest), $"at least {ShapeWords.Number(rows)}, the length of the sequence");
        }

        int size = x.Sample[1].Value;
        return x + Positional.Rows(EmbeddingLayer.Table(call, longest, size), x.Shape[1]).Over(x.Shape, 1, 2);
    }
}

/// <summary>y[i] = x[i] + (sin(i ωₖ), cos(i ωₖ))ₖ with ωₖ = base^(−2k / n).</summary>
internal sealed class SinusoidalPositionsLayer() : Layer("SinusoidalPositions", Positional.Base("Base"))
{
    public override Term? Apply(LayerCall call)
    {
        Term x = call.X;
        if (x.Sample.Rank != 2 || x.Sample[1].Value % 2 != 0)
        {
            return call.WantsRank("a sequence of vectors of even size");
        }

        int size = x.Sample[1].Value;
        int rows = Positional.Longest(x);
        if (!call.Fits("the table", rows, size))
        {
            return null;
        }

        Term table = Positional.Table(x.Graph, rows, size, call.Arguments.Real("Base"), (angle, column) => column % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle), column => column / 2, size / 2);
        return x + Positional.Rows(table, x.Shape[1]).Over(x.Shape, 1, 2);
    }
}
