using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using Buffer = DeepGen.Generator.Lower.Buffer;

namespace DeepGen.Generator.Emit;

/// <summary>
/// From the graph of a loss to the text of a training step: the graph's gradient is one more reading, and what adds up samples
/// cuts it into stages.
/// </summary>
internal static class TrainingCompiler
{
    public static string Compile(NetworkSpec spec, Elaboration elaboration, TrainingElaboration training, DumpWriter? dump = null)
    {
        dump?.Stage("training, loss", training.Graph);

        // Layouts first: what the layers say in PyTorch's order is derived in the order it is computed in.
        Graph loss = Pipeline.OptimiseFirst(UnrollShort.Run(training.Graph));

        // A parameter that the loss does not read, or no longer, has no gradient: its place stays zero.
        var read = new HashSet<string>(loss.Nodes.Select(n => n.Op).OfType<Parameter>().Select(p => p.Path));
        Graph gradients = Backward.Run(loss, "loss", training.TrainableParameters.Where(read.Contains).ToList());
        Graph joint = Pipeline.OptimiseExactly(DropDetached.Run(gradients));
        dump?.Stage("training, with gradients", joint);
        var prepared = new PreparedGraphs();
        Graph main = prepared.Split("train", joint);
        var memory = new StageMemory();
        Dictionary<string, View> parameters = ParameterPlaces.Of(elaboration.Parameters, Memory.Parameters);
        Dictionary<string, View> places = ParameterPlaces.Of(elaboration.Parameters, Memory.Gradients);
        View lossPlace = memory.NewValue(Shape.Scalar);
        List<View> outputs = Outputs(main, lossPlace, places);
        Dictionary<string, string> layers = elaboration.Rows.GroupBy(r => r.Name).ToDictionary(g => g.Key, g => g.First().Layer);
        StagedProgram program = StagedProgram.Lower(main, NetworkCompiler.Inputs(main), outputs, memory, prepared, parameters, layers);
        List<Buffer> trainable = training.TrainableParameters.Select(p => parameters[p].Buffer).ToList();
        (IReadOnlyList<LoweredStage> prepare, IReadOnlyList<Buffer> inPrepare) = LearnWherePrepared.Run(program.Prepare, trainable);
        (program, IReadOnlyList<LearnedProduct> inStep) = LearnWhereComputed.Run(program with { Prepare = prepare }, trainable, inPrepare, lossPlace.Buffer);
        dump?.Stages("training", program);
        return TooLargeSource.Of(spec, program) ?? new TrainingWriter(spec, training, program, inPrepare, inStep, lossPlace.Buffer.Offset, main.Inputs).Write();
    }

    /// <summary>Gradients and new statistics go where their parameters' numbers are counted; the rest to places of its own.</summary>
    private static List<View> Outputs(Graph graph, View loss, Dictionary<string, View> gradients)
    {
        int outputs = 0;
        return graph.Outputs.Select(o =>
        {
            string path = o.Name.Substring(o.Name.IndexOf(':') + 1);
            return o.Name == "loss" ? loss
                : o.Name.StartsWith("output:", StringComparison.Ordinal) ? Output(outputs++, o.Node.Shape)
                : gradients[path];
        }).ToList();
    }

    private static View Output(int index, Shape shape)
    {
        long length = shape.ConstantLength;
        return View.Dense(new Buffer(Memory.Output, index, length) { HasSamples = true, SampleStride = length }, shape, paddedRows: false);
    }
}
