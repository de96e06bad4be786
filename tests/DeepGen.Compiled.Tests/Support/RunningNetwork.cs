using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Emit;
using DeepGen.Generator.Ir;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>A compiled network with parameters of its own, and the graph of what it means.</summary>
internal sealed class RunningNetwork
{
    private readonly Type _calls;
    private readonly Action<INetwork, ReadOnlyMemory<float>[], Memory<float>[]> _predict;
    private readonly Action<INetwork, ReadOnlyMemory<float>[], Memory<float>[]>? _certify;
    private readonly Func<INetwork, ReadOnlyMemory<float>[], IReadOnlyList<NamedTensor>>? _trace;
    private readonly Func<INetwork, int, StreamState>? _newState;
    private readonly Action<INetwork, ReadOnlyMemory<float>[], Memory<float>[], StreamState>? _step;

    private readonly bool[] _saysLengths;

    public RunningNetwork(Type type, Type calls, NetworkSpec spec, int seed)
    {
        _saysLengths = [.. spec.Module.Inputs.Select(i => i.Ends.Length > 0)];
        Network = (INetwork)Activator.CreateInstance(type, (ulong)seed)!;
        Elaboration = Elaborator.Elaborate(spec);
        _calls = calls;
        foreach (Size size in Graph.Inputs.SelectMany(i => i.Shape).Where(s => s.IsOpen))
        {
            Resize(size.Symbol!, size.Value);
        }

        _predict = calls.GetMethod("Predict")!.CreateDelegate<Action<INetwork, ReadOnlyMemory<float>[], Memory<float>[]>>();
        _certify = calls.GetMethod("Certify")?.CreateDelegate<Action<INetwork, ReadOnlyMemory<float>[], Memory<float>[]>>();
        _trace = calls.GetMethod("Trace")?.CreateDelegate<Func<INetwork, ReadOnlyMemory<float>[], IReadOnlyList<NamedTensor>>>();
        _newState = calls.GetMethod("NewState")?.CreateDelegate<Func<INetwork, int, StreamState>>();
        _step = calls.GetMethod("Step")?.CreateDelegate<Action<INetwork, ReadOnlyMemory<float>[], Memory<float>[], StreamState>>();
        Randomise(new Random(seed));
    }

    public INetwork Network { get; }

    /// <summary>The sizes of the next calls that are known at run time only; the largest, if nobody says otherwise.</summary>
    public Dictionary<string, int> Sizes { get; } = [];

    public void Resize(string symbol, int value)
    {
        Sizes[symbol] = value;
        _calls.GetField("Size" + symbol)!.SetValue(null, value);
    }

    /// <summary>The extents of a tensor in the next calls.</summary>
    public ImmutableArray<int> Extents(Shape shape, int batch) => [.. shape.Bind(Symbols(batch)).Select(s => s.Value)];

    /// <summary>The values of all symbols.</summary>
    public Dictionary<string, int> Symbols(int batch) => new(Sizes) { [Size.Batch.Symbol!] = batch };

    /// <summary>The loss of a batch by the method that names its tensors, which is the one that takes sizes.</summary>
    public float Gradients(ReadOnlyMemory<float>[] inputs, ReadOnlyMemory<float>[] targets) =>
        (float)_calls.GetMethod("Gradients")!.Invoke(null, [Network, inputs, targets])!;

    public Elaboration Elaboration { get; }

    public Graph Graph => Elaboration.Forward ?? throw new InvalidOperationException(string.Join("; ", Elaboration.Findings));

    /// <summary>Inputs drawn from −1 to 1, ids from all there are, lengths from all there may be.</summary>
    public float[][] Inputs(int batch, int seed)
    {
        var random = new Random(seed);
        if (Network is IGraphNetwork over)
        {
            over.Graph = DrawGraph(batch, seed);
        }

        return [.. Graph.Inputs.Select((n, i) => Enumerable.Range(0, Length(n, batch)).Select(_ => Draw(n, i)).ToArray())];

        float Draw(Node input, int index) => _saysLengths[index] ? 1 + random.Next(Sizes.Values.Single()) : input.Type.Element == ElementType.Int32 ? random.Next(GraphTensor.Rows(Graph, input)) : (2 * random.NextSingle()) - 1;
    }

    /// <summary>What the graph of the last inputs is in a program: a dense matrix.</summary>
    public DenseTensor Matrix(string key)
    {
        SparseMatrix matrix = ((IGraphNetwork)Network).Graph!.Matrix(Enum.Parse<NeighbourWeights>(key["@graph.".Length..]));
        double[] values = new double[matrix.Rows * matrix.Columns];
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int entry = matrix.RowStarts[row]; entry < matrix.RowStarts[row + 1]; entry++)
            {
                values[(row * matrix.Columns) + matrix.ColumnIndices[entry]] = matrix.Values[entry];
            }
        }

        return new DenseTensor([matrix.Rows, matrix.Columns], values);
    }

    /// <summary>A few edges a node, some nodes having none.</summary>
    private static NodeGraph DrawGraph(int nodes, int seed)
    {
        var random = new Random(seed);
        return NodeGraph.FromEdges(nodes, Enumerable.Range(0, 2 * nodes).Select(_ => (random.Next(nodes), random.Next(nodes))), directed: seed % 2 == 0);
    }

    public float[][] Outputs(int batch) => [.. Graph.Outputs.Select(o => new float[Length(o.Node, batch)])];

    public float[][] Predict(float[][] inputs, int batch)
    {
        float[][] outputs = Outputs(batch);
        Predict(Memories(inputs), Targets(outputs));
        return outputs;
    }

    public void Predict(ReadOnlyMemory<float>[] inputs, Memory<float>[] outputs) => _predict(Network, inputs, outputs);

    /// <summary>Lower and upper bounds in turn, for lower and upper inputs in turn.</summary>
    public float[][] Certify(float[][] boxes, int batch)
    {
        float[][] bounds = [.. Graph.Outputs.SelectMany(o => new[] { new float[Length(o.Node, batch)], new float[Length(o.Node, batch)] })];
        Certify(Memories(boxes), Targets(bounds));
        return bounds;
    }

    public void Certify(ReadOnlyMemory<float>[] boxes, Memory<float>[] bounds) =>
        (_certify ?? throw new InvalidOperationException("The class has no [Certify]."))(Network, boxes, bounds);

    public IReadOnlyList<NamedTensor> Trace(float[][] inputs) =>
        (_trace ?? throw new InvalidOperationException("The class has no [Trace]."))(Network, Memories(inputs));

    public StreamState NewState(int batch) => (_newState ?? throw new InvalidOperationException("The class has no [Stream]."))(Network, batch);

    public void Step(ReadOnlyMemory<float>[] inputs, Memory<float>[] outputs, StreamState state) => _step!(Network, inputs, outputs, state);

    public static ReadOnlyMemory<float>[] Memories(float[][] tensors) => [.. tensors.Select(t => new ReadOnlyMemory<float>(t))];

    public static Memory<float>[] Targets(float[][] tensors) => [.. tensors.Select(t => new Memory<float>(t))];

    private int Length(Node node, int batch) => Extents(node.Shape, batch).Aggregate(1, (n, s) => checked(n * s));

    /// <summary>Fresh statistics and scales are 0 and 1, which would hide a mistake: everything gets values of its own.</summary>
    private void Randomise(Random random)
    {
        foreach (Parameter parameter in Network.Parameters)
        {
            float[] values = parameter.Values.ToArray();
            bool isVariance = parameter.Name.EndsWith("running_var", StringComparison.Ordinal);
            for (int i = 0; i < values.Length && parameter.Shape.Length == 1; i++)
            {
                values[i] = isVariance ? 0.5f + random.NextSingle() : values[i] + (0.4f * (random.NextSingle() - 0.5f));
            }

            parameter.Write(values);
        }
    }
}
