using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>A layer over the nodes of a graph: the samples, each of which holds a vector, or the rows of a sample, which is a graph then.</summary>
internal abstract class NodeLayer(string kind, params Argument[] arguments)
    : Layer(kind, [.. OutputSize.Arguments("Units"), Argument.Flag("Bias", true), Initialisation.Argument("Init"), .. arguments])
{
    public override bool TakesSparse => true;

    public override Term? Apply(LayerCall call)
    {
        Shape sample = call.X.Sample;
        if (sample.Rank is not (1 or 2) || !sample[sample.Rank - 1].IsConstant)
        {
            return call.WantsRank("a vector for each node");
        }

        Size nodes = call.X.Shape[sample.Rank - 1];
        if (nodes.Offset != 0 || !call.Scope.IsNodes(nodes))
        {
            return call.WantsRank("the nodes that the layers before it take");
        }

        int inputs = sample[sample.Rank - 1].Value;
        return OutputSize.Of(call, "Units", inputs) is int units && call.Fits("the weight", inputs, units) ? Apply(call, inputs, units) : null;
    }

    protected abstract Term? Apply(LayerCall call, int inputs, int units);

    /// <summary>The matrix of the graph times a row for each node.</summary>
    protected static Term Neighbours(NeighbourWeights weights, Term rows) => Matrix(weights, rows).Apply(new SparseProduct(), rows);

    /// <summary>The matrix of the graph whose nodes have these rows.</summary>
    protected static Term Matrix(NeighbourWeights weights, Term rows) => new(rows.Graph, rows.Graph.Add(Adjacency.Of(weights, rows.Shape)));

    /// <summary>Values of a row, [n], for every node.</summary>
    protected static Term Everywhere(Term row, Term rows) => row.Over(rows.Shape, rows.Shape.Rank - 1);
}
