using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Tests.Ops;

/// <summary>One instance of a primitive with operands it accepts, and the range their values are meant to come from.</summary>
internal sealed record OpSample(string Title, Primitive Op, ImmutableArray<OperandSample> Operands)
{
    public override string ToString() => Title;

    public bool IsParameter(int operand, int asParameters) =>
        (asParameters & (1 << operand)) != 0 && !Operands[operand].IsGiven;

    /// <summary>
    /// The primitive alone in a graph. Operands named in <paramref name="asParameters"/> (a bit each) become parameters
    /// p0, p1, …, repeated over the batch where the operand has one; the others are inputs, numbered in order.
    /// </summary>
    public Graph Build(int asParameters = 0)
    {
        var graph = new GraphBuilder();
        int inputs = 0;
        var operands = Operands.Select((operand, i) => IsParameter(i, asParameters)
            ? operand.AsParameter(graph, $"p{i}")
            : graph.Add(new Input(inputs++, $"x{i}", operand.Type))).ToArray();
        Node node = graph.Add(Op, operands);
        return Op is Repeat repeat
            ? graph.Build(Enumerable.Range(0, repeat.Carried + repeat.Collected)
                .Select(i => new GraphOutput($"y{i}", graph.Add(new Item(i), node))))
            : graph.Build([new GraphOutput("y", node)]);
    }
}

/// <summary>An operand: its type and the range of its values.</summary>
internal sealed record OperandSample(TensorType Type, double Low, double High)
{
    /// <summary>Floats without a fraction.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether it is no tensor of floats, of which there are bounds and derivatives.</summary>
    public bool IsGiven => Type.Element != ElementType.Float32;

    public bool IsInteger => Type.Element == ElementType.Int32;

    public OperandSample WithoutBatch => this with { Type = Type with { Shape = Shape.Of(Type.Shape.Where(s => s.IsConstant)) } };

    public Node AsParameter(GraphBuilder graph, string path)
    {
        Node parameter = graph.Add(new Parameter(path, WithoutBatch.Type.Shape));
        return Type.Shape.IsConstant
            ? parameter
            : graph.Add(new Broadcast(Type.Shape, OpSamples.A([.. Enumerable.Range(0, Type.Shape.Rank).Where(a => Type.Shape[a].IsConstant)])), parameter);
    }

    public DenseTensor Draw(Random random, IReadOnlyDictionary<string, int> sizes)
    {
        var shape = Type.Shape.Bind(sizes).Select(s => s.Value).ToImmutableArray();
        double[] values = new double[Indexing.Length(shape)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = IsInteger || IsWhole ? random.Next((int)Low, (int)High + 1) : Type.IsSparse && random.Next(3) > 0 ? 0 : (float)(Low + ((High - Low) * random.NextDouble()));
        }

        return new DenseTensor(shape, values);
    }
}
