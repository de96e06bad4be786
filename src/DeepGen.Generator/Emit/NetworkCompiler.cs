using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Interpret.Streams;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Passes;
using Buffer = DeepGen.Generator.Lower.Buffer;

namespace DeepGen.Generator.Emit;

/// <summary>From a sound declaration to text: every reading is a graph, lowered and written the same way.</summary>
internal static class NetworkCompiler
{
    /// <summary>The text of the network's kernels.</summary>
    public static string Compile(NetworkSpec spec, Elaboration elaboration, DumpWriter? dump = null)
    {
        Graph declared = elaboration.Forward!;
        dump?.Spec(spec);
        dump?.Stage("layers", declared);

        var table = new WeightTable();
        var prepared = new PreparedGraphs();
        Graph forward = prepared.Split("forward", Pipeline.Optimise(declared, Watch("predict")));
        Dictionary<string, string> layers = elaboration.Rows.GroupBy(r => r.Name).ToDictionary(g => g.Key, g => g.First().Layer);
        var programs = new List<ReadingProgram>();
        var staged = new List<StagedReading>();
        Lower("Predict", forward);
        foreach (ReadingSpec reading in spec.Readings.Where(r => r.Name != "Train"))
        {
            string name = reading.Name.ToLowerInvariant();
            Lower(reading.Name, prepared.Split(name, reading.Name switch
            {
                "Certify" => Pipeline.OptimiseExactly(Interval.Run(forward), Watch(name)),
                "Stream" => Simplify.Run(Streaming.Run(forward).Graph),
                "Trace" => Pipeline.Optimise(Tracing.Run(declared), Watch(name)),
                _ => throw new IrException($"{reading.Name} is not a reading."),
            }));
        }

        if (spec.Readings.Any(r => r.Name == "Stream") && StreamSurface.IsOfTokens(declared) && !BatchSums.AnyIn(declared) && Prefilling.Run(forward) is { } prompt)
        {
            Lower("Prefill", prepared.Split("prefill", Simplify.Run(prompt)));
        }

        StreamedGraph? stream = spec.Readings.Any(r => r.Name == "Stream") ? Streaming.Run(forward) : null;
        Graph prepare = Simplify.Run(prepared.Assemble(table));
        LoweredProgram prepareProgram = GraphLowering.LowerPrepare(
            prepare, table, ParameterPlaces.Of(elaboration.Parameters, Memory.Parameters));
        dump?.Stage("prepare", prepare);
        dump?.Stage("prepare", prepareProgram);

        return TooLargeSource.Of(spec, programs, staged, prepareProgram, table.Length)
            ?? new KernelsWriter(spec, elaboration, programs, prepareProgram, table.Length, stream) { Staged = staged }.Write();

        void Lower(string name, Graph graph)
        {
            IReadOnlyList<string> symbols = name is "Stream" or "Prefill" ? [Streaming.Time(forward)!.Value.Symbol!] : SizeNames.In(graph.Inputs);
            if (BatchSums.AnyIn(declared))
            {
                StagedProgram stages = StagedProgram.Lower(graph, Inputs(graph), Outputs(graph, packed: name == "Trace"), new StageMemory(), table, layers);
                staged.Add(new StagedReading(name, graph, stages, symbols));
                dump?.Stage(name.ToLowerInvariant() + ", weights split off", graph);
                dump?.Stages(name.ToLowerInvariant(), stages);
                return;
            }

            LoweredProgram program = GraphLowering.Lower(
                graph, table, Outputs(graph, packed: name == "Trace"), layers, n => (name is "Stream" or "Prefill") && Streaming.IsKept(n));
            programs.Add(new ReadingProgram(name, graph, program, symbols));
            dump?.Stage(name.ToLowerInvariant() + ", weights split off", graph);
            dump?.Stage(name.ToLowerInvariant(), program);
        }

        Action<string, Graph>? Watch(string reading) =>
            dump is null ? null : (pass, graph) => dump.Stage($"{reading}, after {pass}", graph);
    }

    /// <summary>Where the inputs of a program of stages lie, those it is fed; a sparse matrix has no place.</summary>
    public static List<View> Inputs(Graph graph) => graph.Inputs.Select(n =>
    {
        bool hasSamples = BatchSums.HasSamples(n);
        long length = n.Shape.ConstantLength;
        var buffer = new Buffer(Memory.Input, ((Ops.Input)n.Op).Index, length) { HasSamples = hasSamples, SampleStride = hasSamples ? length : 0 };
        return View.Dense(buffer, n.Shape, paddedRows: false);
    }).ToList();

    /// <summary>One buffer of the caller per output; packed: all outputs one after another in a single one.</summary>
    private static IReadOnlyList<View> Outputs(Graph graph, bool packed)
    {
        if (!packed)
        {
            return graph.Outputs.Select((o, i) => View.Dense(Buffer(i, o.Node.Shape.ConstantLength), o.Node.Shape, false)).ToList();
        }

        Buffer all = Buffer(0, graph.Outputs.Sum(o => o.Node.Shape.ConstantLength));
        var views = new List<View>();
        long offset = 0;
        foreach (GraphOutput output in graph.Outputs)
        {
            views.Add(View.Dense(all, output.Node.Shape, false, offset));
            offset += output.Node.Shape.ConstantLength;
        }

        return views;

        static Buffer Buffer(int index, long length) => new(Memory.Output, index, length) { HasSamples = true, SampleStride = length };
    }
}

/// <summary>A reading of the network: its optimised graph and the program that computes it.</summary>
/// <param name="Symbols">The sizes known at run time, in the order in which they are handed over.</param>
internal sealed record ReadingProgram(string Name, Graph Graph, LoweredProgram Program, IReadOnlyList<string> Symbols);

/// <summary>The same where samples are computed from other samples: the program goes from stage to stage.</summary>
internal sealed record StagedReading(string Name, Graph Graph, StagedProgram Program, IReadOnlyList<string> Symbols);
