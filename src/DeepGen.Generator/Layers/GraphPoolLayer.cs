using DeepGen.Generator.Check;

namespace DeepGen.Generator.Layers;

/// <summary>The names and numbers are those of the attributes' enumeration.</summary>
internal enum Pooling
{
    Mean,
    Sum,
    Max,
}

/// <summary>y = the mean, the sum or the largest of the nodes' rows, of the nodes that a graph has.</summary>
internal sealed class GraphPoolLayer() : Layer("GraphPool", Argument.Choice("Pooling", Enum.GetNames(typeof(Pooling))))
{
    public override Term? Apply(LayerCall call)
    {
        if (call.X.Sample.Rank != 2)
        {
            return call.WantsRank("a graph a sample: a row for each node");
        }

        StepScope nodes = call.Scope.Steps;
        call.FlopsPerValue = call.X.Shape[1].Value;
        return (Pooling)call.Arguments.Whole("Pooling") switch
        {
            Pooling.Sum => nodes.Sum(call.X, 1),
            Pooling.Max => nodes.Max(call.X, 1),
            _ => nodes.Mean(call.X, 1),
        };
    }
}
