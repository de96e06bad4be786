using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>y[i…] = weight[id[i…]].</summary>
internal sealed class EmbeddingLayer() : Layer("Embedding", Argument.Size("Vocabulary"), Argument.Size("Size"), Initialisation.Argument("Init"))
{
    public override bool ReadsIds => true;

    public override Term? Apply(LayerCall call)
    {
        Term ids = call.X;
        if (ids.Node.Type.Element != ElementType.Int32)
        {
            return call.Report("DG0016", Kind, "token ids, an input of the network that goes to nothing else", ShapeWords.Of(ids.Sample));
        }

        (int vocabulary, int size) = (call.Arguments.Whole("Vocabulary"), call.Arguments.Whole("Size"));
        foreach (string missing in new[] { "Vocabulary", "Size" }.Where(a => call.Arguments.Whole(a) == 0))
        {
            return call.ReportAt(missing, "DG0005", missing, "0");
        }

        if (!call.Fits("the output", ids.SampleLength, size))
        {
            return null;
        }

        call.FlopsPerValue = 0;
        return Table(call, vocabulary, size).Apply(new Gather(), ids);
    }

    /// <summary>A weight of rows that stand for something, normal unless the layer says otherwise.</summary>
    public static Term Table(LayerCall call, int rows, int size)
    {
        var own = (Initial)call.Arguments.Whole("Init");
        (Initializer kind, double scale) = own == Initial.Default ? (Initializer.Normal, 1.0) : Initialisation.Weight(own, size, [rows, size]);
        return call.Parameter("weight", kind, scale, true, rows, size);
    }
}
