using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>A layer over the nodes of a graph, each a sample that holds a vector.</summary>
internal abstract class NodeLayer(string kind, params Argument[] arguments)
    : Layer(kind, [.. OutputSize.Arguments("Units"), Argument.Flag("Bias", true), Initialisation.Argument("Init"), .. arguments])
{
    public override bool TakesSparse => true;

    public override Term? Apply(LayerCall call)
    {
        if (call.X.Sample.Rank != 1)
        {
            return call.WantsRank("a vector for each node");
        }

        int inputs = call.X.Sample[0].Value;
        return OutputSize.Of(call, "Units", inputs) is int units && call.Fits("the weight", inputs, units) ? Apply(call, inputs, units) : null;
    }

    protected abstract Term? Apply(LayerCall call, int inputs, int units);

    /// <summary>The matrix of the graph times a row for each node.</summary>
    protected static Term Neighbours(NeighbourWeights weights, Term rows) =>
        new(rows.Graph, rows.Graph.Add(new SparseProduct(), rows.Graph.Add(new Adjacency(weights, Size.Batch)), rows.Node));
}
