using System.Collections.Immutable;
using System.Reflection;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Emit;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;
using Buffer = DeepGen.Generator.Lower.Buffer;
using IrParameter = DeepGen.Generator.Ops.Parameter;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>Graphs that no declaration made, lowered and written as a network's graph would be; all in one assembly.</summary>
internal sealed class CompiledGraphs
{
    private readonly Assembly _assembly;

    private CompiledGraphs(Assembly assembly) => _assembly = assembly;

    /// <summary>Each graph after the passes; those that Predict runs through unless others are given.</summary>
    public static CompiledGraphs Load(IReadOnlyList<Graph> graphs, Func<Graph, Graph> passes)
    {
        string[] sources = graphs.SelectMany((g, i) => Sources(g, passes, "Graph" + i)).ToArray();
        return new(Compiler.Load(
            Compiler.Parse("Graphs", sources),
            () => string.Join("\n", graphs.Select(GraphPrinter.Print)) + string.Join("\n", sources)));
    }

    /// <summary>What the compiled graph computes; inputs as the graph has them, parameters by path.</summary>
    public float[][] Run(int graph, int batch, IReadOnlyList<DenseTensor> inputs, Func<string, DenseTensor> parameters, Graph original)
    {
        var network = (INetwork)Activator.CreateInstance(_assembly.GetType("Graph" + graph)!, 1UL)!;
        foreach (Parameter parameter in network.Parameters)
        {
            parameter.Write(parameters(parameter.Name).Values.Select(v => (float)v).ToArray());
        }

        Array[] values = inputs.Select((t, i) => original.Inputs[i].Type.Element == ElementType.Int32
            ? (Array)t.Values.Select(v => (int)v).ToArray()
            : t.Values.Select(v => (float)v).ToArray()).ToArray();
        float[][] outputs = original.Outputs.Select(o => new float[o.Node.Shape.Aggregate(1, (n, s) => n * (s.IsConstant ? s.Value : batch))]).ToArray();
        MethodInfo call = network.GetType().GetMethod("Call")!;
        call.Invoke(network, [values, outputs]);
        return outputs;
    }

    private static IEnumerable<string> Sources(Graph graph, Func<Graph, Graph> passes, string name)
    {
        var table = new WeightTable();
        var prepared = new PreparedGraphs();
        Graph forward = prepared.Split("forward", passes(graph));
        var predict = new ReadingProgram("Predict", forward, GraphLowering.Lower(forward, table, Outputs(forward), new Dictionary<string, string>()), SizeNames.In(forward.Inputs));
        ImmutableArray<ParameterSpec> parameters = Parameters(graph);
        LoweredProgram prepare = GraphLowering.LowerPrepare(
            prepared.Assemble(table), table, ParameterViews(parameters));

        var inputs = graph.Inputs.Select(n => new InputSpec(((Input)n.Op).InputName, false, EquatableArray<int>.Empty, InputLayout.Chw));
        var module = new ModuleSpec(name, inputs.ToEquatable(), new(), new(), new());
        var spec = new NetworkSpec("", name, "public", true, module, new(), new());
        var elaboration = new Elaboration(graph, parameters, [], [], null);
        yield return new SurfaceWriter(spec, elaboration).Write();
        yield return new KernelsWriter(spec, elaboration, [predict], prepare, table.Length, null).Write();
        yield return Class(graph, name);
    }

    private static string Class(Graph graph, string name)
    {
        IEnumerable<string> arguments = graph.Inputs
            .Select((n, i) => $"({(n.Type.Element == ElementType.Int32 ? "int" : "float")}[])inputs[{i}]")
            .Concat(graph.Outputs.Select((_, i) => $"outputs[{i}]"));
        return $$"""
            public sealed partial class {{name}}
            {
                public void Call(System.Array[] inputs, float[][] outputs) => Predict({{string.Join(", ", arguments)}});
            }
            """;
    }

    private static ImmutableArray<ParameterSpec> Parameters(Graph graph) => graph.Nodes
        .Select(n => n.Op)
        .OfType<IrParameter>()
        .Select(p => new ParameterSpec(p.Path, p.ParameterShape.Select(s => s.Value).ToEquatable(), new(), Generator.Check.Initializer.Uniform, 1, true))
        .ToImmutableArray();

    private static List<View> Outputs(Graph graph) => graph.Outputs.Select((o, i) =>
    {
        long length = o.Node.Shape.ConstantLength;
        return View.Dense(new Buffer(Memory.Output, i, length) { HasSamples = true, SampleStride = length }, o.Node.Shape, false);
    }).ToList();

    private static Dictionary<string, View> ParameterViews(ImmutableArray<ParameterSpec> parameters)
    {
        var views = new Dictionary<string, View>();
        long offset = 0;
        foreach (ParameterSpec parameter in parameters)
        {
            var buffer = new Buffer(Memory.Parameters, 0, parameter.Length) { Offset = offset };
            views.Add(parameter.Path, View.Dense(buffer, Shape.OfConstants(parameter.Shape), false));
            offset += Lanes.RoundUp(parameter.Length);
        }

        return views;
    }
}
