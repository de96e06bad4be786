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

/// <summary>A declared network as C#: its surface, cheap to make and read by editors, and its kernels.</summary>
internal sealed record CompiledNetwork(string Surface, string Kernels, string Dump);

/// <summary>From a sound declaration to text: every reading is a graph, lowered and written the same way.</summary>
internal static class NetworkCompiler
{
    public static CompiledNetwork Compile(NetworkSpec spec, Elaboration elaboration)
    {
        Graph declared = elaboration.Forward!;
        var dump = new DumpWriter();
        dump.Stage("declared", declared);

        var table = new WeightTable();
        var prepared = new PreparedGraphs();
        Graph forward = prepared.Split("forward", Pipeline.Optimise(declared));
        dump.Stage("predict", forward);

        Dictionary<string, string> layers = elaboration.Rows.GroupBy(r => r.Name).ToDictionary(g => g.Key, g => g.First().Layer);
        var programs = new List<ReadingProgram>
        {
            new("Predict", forward, GraphLowering.Lower(forward, table, Outputs(forward, packed: false), layers)),
        };
        foreach (ReadingSpec reading in spec.Readings)
        {
            Graph graph = reading.Name switch
            {
                "Certify" => prepared.Split("certify", Pipeline.OptimiseExactly(Interval.Run(forward))),
                "Trace" => prepared.Split("trace", Pipeline.Optimise(Tracing.Run(declared))),
                _ => throw new IrException($"{reading.Name} is not a reading."),
            };
            dump.Stage(reading.Name.ToLowerInvariant(), graph);
            IReadOnlyList<View> outputs = Outputs(graph, packed: reading.Name == "Trace");
            programs.Add(new ReadingProgram(reading.Name, graph, GraphLowering.Lower(graph, table, outputs, layers)));
        }

        Graph prepare = prepared.Assemble(table);
        dump.Stage("prepare", prepare);
        LoweredProgram prepareProgram = GraphLowering.LowerPrepare(
            prepare, table.Requests.Select(r => r.Target).ToList(), ParameterViews(elaboration.Parameters));

        return new CompiledNetwork(
            new SurfaceWriter(spec, elaboration, programs, table.Length).Write(),
            new KernelsWriter(spec, elaboration, programs, prepareProgram).Write(),
            dump.ToString());
    }

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

    /// <summary>Parameters lie one after another, each at a multiple of sixteen floats.</summary>
    private static Dictionary<string, View> ParameterViews(ImmutableArray<ParameterSpec> parameters)
    {
        var views = new Dictionary<string, View>();
        long offset = 0;
        foreach (ParameterSpec parameter in parameters)
        {
            Shape shape = Shape.OfConstants(parameter.Counts.Concat(parameter.Shape));
            views.Add(parameter.Path, View.Dense(new Buffer(Memory.Parameters, 0, parameter.Length) { Offset = offset }, shape, false));
            offset += Lanes.RoundUp(parameter.Length);
        }

        return views;
    }
}

/// <summary>A reading of the network: its optimised graph and the program that computes it.</summary>
internal sealed record ReadingProgram(string Name, Graph Graph, LoweredProgram Program);
