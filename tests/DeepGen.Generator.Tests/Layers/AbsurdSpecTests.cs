using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Tests.Layers;

public class AbsurdSpecTests
{
    private static readonly double[] Numbers =
        [0, 1, 1, 2, 2, 3, 3, 4, 7, 16, -1, -2, 0.5, -0.5, 1e9, int.MaxValue, int.MinValue, 65536, 46341, 1e300, double.NaN, double.PositiveInfinity];

    private static readonly int[] Sizes = [1, 1, 2, 3, 4, 6, 12, 16, 0, -1, 46341, 65536, int.MaxValue, int.MinValue];

    [Fact]
    public void No_declaration_makes_elaboration_throw()
    {
        int graphs = 0;
        int trained = 0;
        for (int seed = 0; seed < 33_000; seed++)
        {
            var random = new Random(seed);
            NetworkSpec spec = Specs.Network(Module(random, 3, isNetwork: true));
            spec = seed % 2 == 0 ? spec : spec with { Readings = Enumerable.Range(0, 1 + random.Next(2)).Select(_ => Loss(random, spec.Module)).ToEquatable() };
            try
            {
                Elaboration elaboration = Elaborator.Elaborate(spec);
                if (elaboration.Forward is Graph graph)
                {
                    graphs++;
                    GraphVerifier.Verify(graph);
                }

                if (elaboration.Training is { } training)
                {
                    trained++;
                    GraphVerifier.Verify(training.Graph);
                }

                SummaryTable.Render("Absurd", elaboration);
            }
            catch (Exception error)
            {
                Assert.Fail(FormattableString.Invariant($"seed {seed}: {error}"));
            }
        }

        // A fuzzer whose every declaration is wrong would test little.
        Assert.InRange(graphs, 1000, 32_000);
        Assert.InRange(trained, 30, 9000);
    }

    [Fact]
    public void Blocks_that_multiply_beyond_all_bounds_are_too_large()
    {
        ModuleSpec block = Specs.Block("Bottom", Specs.Layer("Relu"));
        for (int i = 0; i < 40; i++)
        {
            block = Specs.Block("Doubled", Specs.Use(block), Specs.Use(block));
        }

        AssertTooLarge("more than 100000 layers", block);
    }

    [Fact]
    public void Blocks_within_blocks_have_a_depth_that_is_too_large()
    {
        ModuleSpec block = Specs.Block("Bottom", Specs.Layer("Relu"));
        for (int i = 0; i < 101; i++)
        {
            block = Specs.Block("Within", Specs.Use(block));
        }

        AssertTooLarge("blocks within blocks, 101 deep", block);
    }

    private static void AssertTooLarge(string much, ModuleSpec block)
    {
        var finding = Assert.Single(Elaborator.Elaborate(Specs.Network([4], Specs.Use(block))).Findings);
        Assert.Equal(("DG0024", much), (finding.Id, finding.Arguments[1]));
    }

    private static ReadingSpec Loss(Random random, ModuleSpec module)
    {
        string[] names = ["LabelSmoothing", "ClassWeights", "Soft", "Certified", "Delta", "Margin", "Weight", "Lowest"];
        var arguments = new List<ArgumentSpec> { Specs.Argument("Loss", random.Next(9)) };
        arguments.AddRange(names.Where(_ => random.Next(30) == 0).Select(n => Specs.Argument(n, Numbers[random.Next(Numbers.Length)])));
        if (random.Next(8) != 0)
        {
            arguments.Add(new ArgumentSpec("Output", new([]), module.Outputs[random.Next(module.Outputs.Count)].Name));
        }

        return new ReadingSpec("Train", arguments.ToEquatable());
    }

    private static ModuleSpec Module(Random random, int depth, bool isNetwork)
    {
        var module = new ModuleWriter(isNetwork ? "Net" : "Block" + random.Next(3));
        var values = new List<int>();
        for (int i = random.Next(isNetwork ? 3 : 2); i >= 0; i--)
        {
            values.Add(isNetwork ? module.Input(AnyInput(random)) : module.Open("x"));
        }

        string[] kinds = LayerCatalog.All.Select(l => l.Kind).Append("Unheard").ToArray();
        for (int i = random.Next(8); i >= 0; i--)
        {
            string kind = kinds[random.Next(kinds.Length)];
            int[] operands = Enumerable.Range(0, OperandCount(kind, random)).Select(_ => values[random.Next(values.Count)]).ToArray();
            ArgumentSpec[] arguments = AnyArguments(kind, random);
            bool hasBlock = kind is "Stack" or "Use";
            if (hasBlock && depth == 0)
            {
                continue;
            }

            values.Add(random.Next(8) == 0 ? module.Constant(Numbers[random.Next(Numbers.Length)])
                : hasBlock || LayerCatalog.Find(kind) is { } && IsMember(kind, random)
                    ? module.Call(module.Member("m" + i, new LayerSpec(kind, arguments.ToEquatable(), hasBlock ? AnyBlock(random, depth) : null)), operands)
                    : module.Step(StepKind.Op, 0, kind, 0, operands, arguments, null));
        }

        module.Output("y", values[^1]);
        return module.Build();
    }

    private static ModuleSpec? AnyBlock(Random random, int depth) => random.Next(20) == 0 ? null : Module(random, depth - 1, isNetwork: false);

    private static bool IsMember(string kind, Random random) =>
        kind is "Dense" or "GraphConv" or "GraphSage" or "Gat" or "Conv2D" or "Conv1D" or "ConvTranspose2D" or "ConvTranspose1D" or "BatchNorm" or "LayerNorm" or "GroupNorm" or "InstanceNorm" or "Rnn" or "Gru" or "Lstm"
            or "Learned" or "Embedding" or "LearnedPositions" or "RmsNorm" or "SwiGlu" or "MultiHeadAttention" || random.Next(2) == 0;

    private static int OperandCount(string kind, Random random) =>
        random.Next(20) == 0 ? random.Next(4) : LayerCatalog.Find(kind)?.Operands ?? random.Next(1, 3);

    private static InputSpec AnyInput(Random random)
    {
        bool tame = random.Next(4) > 0;
        IEnumerable<int> shape = Enumerable.Range(0, random.Next(tame ? 1 : 0, tame ? 4 : 6))
            .Select(_ => tame ? Sizes[random.Next(8)] : Sizes[random.Next(Sizes.Length)]);
        return new InputSpec("x", random.Next(30) > 0, shape.ToEquatable(), (InputLayout)(random.Next(6) / 5));
    }

    private static ArgumentSpec[] AnyArguments(string kind, Random random)
    {
        bool tame = random.Next(3) > 0;
        return (LayerCatalog.Find(kind)?.Arguments ?? [])
            .Where(_ => random.Next(2) == 0)
            .Select(a => Specs.Argument(a.Name, Enumerable.Range(0, random.Next(30) == 0 ? 0 : random.Next(1, 4))
                .Select(_ => Numbers[random.Next(tame ? 8 : Numbers.Length)]).ToArray()))
            .ToArray();
    }
}
