using DeepGen.Tests;

namespace DeepGen.Compiled.Tests.Documents;

/// <summary>The README and the page about training show programs that compile, and leave no loss and no argument out.</summary>
public sealed class DocumentTests
{
    private const string Training = """
        public static float[] Grey(int count) => [.. Enumerable.Range(0, count * 784).Select(i => i % 17 / 16f)];
        public static DataSet data = DataSet.FromArrays(Grey(80), [1, 28, 28], new int[80]), validation = data[..8];
        public static DigitNet network = new(seed: 1);
        public static float[] images = Grey(20), lower = new float[20 * 10], upper = new float[20 * 10];
        public static int[] labels = new int[20];
        """;

    private const string Readme = """
        public static int batch = 2;
        public static float[] images = new float[2 * 784], image = new float[784];
        public static int[] labels = new int[2];
        public static Optimizer optimizer = new Adam();
        public static DigitNet network = new(seed: 1);
        """;

    [Fact]
    public void Every_example_about_training_compiles()
    {
        var program = new DocumentedProgram("docs/training.md", Training);
        Assert.Empty(program.Complaints());
        Assert.Equal(16, program.Networks.Count);
        Assert.Equal(program.Networks.Order(), program.Trained.Order());
    }

    [Fact]
    public void Every_example_about_graphs_compiles()
    {
        var program = new DocumentedProgram("docs/graphs.md", "");
        Assert.Empty(program.Complaints());
        Assert.Equal(["Topics", "AttentiveTopics", "Molecule", "AtomTypes"], program.Trained);
        program.Run(program.Load(), "Data of graphs");
    }

    [Fact]
    public void Every_example_about_generation_compiles()
    {
        var program = new DocumentedProgram("docs/generation.md", """
            public static Speaker network = new(seed: 1);
            public static IDecoder decoder = network.NewDecoder();
            public static ITokenizer tokenizer = CharacterTokenizer.Of("abc");
            """);
        Assert.Empty(program.Complaints());
        Assert.Equal(13, program.Examples.Count);
        Assert.Equal(["Speaker"], program.Networks);
        program.Run(program.Load(), "Decoders");
    }

    [Fact]
    public void Every_example_about_sequences_compiles_and_its_loops_run()
    {
        var program = new DocumentedProgram("docs/sequences.md", "");
        Assert.Empty(program.Complaints());
        Assert.Equal(["Classifier", "Controller", "Digest", "Filter", "Follower", "Word", "Writer"], program.Trained.Order());
        Type examples = program.Load();
        program.Run(examples, "Step by step");
        program.Run(examples, "Recurrent layers");
        program.Run(examples, "Lengths of their own");
    }

    [Fact]
    public void The_plain_loops_run()
    {
        var program = new DocumentedProgram("docs/training.md", Training);
        Type examples = program.Load();
        float[] Weights() => ((INetwork)examples.GetField("network")!.GetValue(null)!).Parameters["0.weight"].Values.ToArray();
        float[] before = Weights();
        program.Run(examples, "The plain loop");
        Assert.NotEqual(before, Weights());
        Assert.All(Weights(), w => Assert.True(float.IsFinite(w)));
    }

    [Fact]
    public void Every_example_of_the_readme_compiles()
    {
        var program = new DocumentedProgram("README.md", Readme);
        Assert.Empty(program.Complaints());
        Assert.Equal(["DigitNet", "SameDigit"], program.Networks);
        Assert.Equal(["DigitNet"], program.Trained);
    }

    [Fact]
    public void Every_loss_and_every_argument_is_named()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "training.md"));
        Assert.All(Enum.GetNames<Loss>(), name => Assert.Contains($"`{name}`", text));
        Assert.All(
            typeof(TrainAttribute).GetProperties().Where(p => p.CanWrite),
            p => Assert.Contains(p.Name + " = ", text));
        Assert.All(
            typeof(TrainingState).GetProperties().Where(p => p.Name != "Parameters"),
            p => Assert.Contains($"`{p.Name}`", text));
    }
}
