using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>Every layer and every operation of Forward, by its name. To add one is to add a line here.</summary>
internal static class LayerCatalog
{
    private static readonly Dictionary<string, Layer> ByKind = new Layer[]
    {
        new DenseLayer(),
        new GraphConvLayer(),
        new GraphSageLayer(),
        new GatLayer(),
        new GraphPoolLayer(),
        new Conv2DLayer(),
        new Conv1DLayer(),
        new TransposedConvolutionLayer("ConvTranspose2D", 2),
        new TransposedConvolutionLayer("ConvTranspose1D", 1),
        new PoolLayer("MaxPool2D", 2, Reduction.Max),
        new PoolLayer("AveragePool2D", 2, Reduction.Sum),
        new PoolLayer("MaxPool1D", 1, Reduction.Max),
        new PoolLayer("AveragePool1D", 1, Reduction.Sum),
        new GlobalAveragePoolLayer(),
        new Upsample2DLayer(),
        new PixelShuffleLayer(),
        new PadLayer("Pad2D", 2),
        new PadLayer("Pad1D", 1),
        new BatchNormLayer(),
        new LayerNormLayer(),
        new GroupNormLayer(),
        new InstanceNormLayer(),
        new DropoutLayer(),
        new RnnLayer(),
        new GruLayer(),
        new LstmLayer(),

        new EmbeddingLayer(),
        new TiedLayer(),
        new LearnedPositionsLayer(),
        new SinusoidalPositionsLayer(),
        new RmsNormLayer(),
        new SwiGluLayer(),
        new MultiHeadAttentionLayer(),

        new LearnedLayer(),
        new FlattenLayer(),
        new ReshapeLayer(),
        new TransposeLayer(),
        new ConcatLayer(),

        new ReluLayer(),
        new LeakyReluLayer(),
        new EluLayer(),
        new GeluLayer(),
        new HardTanhLayer(),
        new Relu6Layer(),
        new Pointwise("Silu", 1, new Silu()),
        new Pointwise("Sigmoid", 1, new Sigmoid()),
        new Pointwise("Tanh", 1, new Tanh()),
        new Pointwise("Softplus", 1, new Softplus()),
        new SoftmaxLayer(),
        new LogSoftmaxLayer(),

        new Pointwise("Add", 2, new Add()),
        new Pointwise("Subtract", 2, new Subtract()),
        new Pointwise("Multiply", 2, new Multiply()),
        new Pointwise("Divide", 2, new Divide()),
        new Pointwise("Negate", 1, new Negate()),
        new Pointwise("Maximum", 2, new Maximum()),
        new Pointwise("Minimum", 2, new Minimum()),
        new Pointwise("Exp", 1, new Exp()),
        new Pointwise("Log", 1, new Log()),
        new Pointwise("Sqrt", 1, new Sqrt()),
        new Pointwise("Abs", 1, new Abs()),
        new ReduceLayer("Sum", (steps, x, axis) => steps.Sum(x, axis)),
        new ReduceLayer("Mean", (steps, x, axis) => steps.Mean(x, axis)),
        new MatMulLayer(),
        new ResidualLayer(),

        new StackLayer(),
        new UseLayer(),
    }.ToDictionary(l => l.Kind);

    public static IEnumerable<Layer> All => ByKind.Values;

    public static Layer? Find(string kind) => ByKind.TryGetValue(kind, out Layer layer) ? layer : null;
}
