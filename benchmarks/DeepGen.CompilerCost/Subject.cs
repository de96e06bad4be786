namespace DeepGen.CompilerCost;

/// <summary>A network that is compiled, the sizes of its input and output, and an edit of one width.</summary>
internal sealed record Subject(string Name, string Title, int Inputs, int Outputs, string Width, string OtherWidth)
{
    public static readonly Subject[] All =
    [
        new("Tiny", "MLP 4-16-16-2", 4, 2, "Tanh, Dense(16)", "Tanh, Dense({0})"),
        new("Perceptron", "MLP 784-256-128-10, training", 784, 10, "Dense(128)", "Dense({0})"),
        new("Convolutions", "the README's network, training", 784, 10, "Dense(128)", "Dense({0})"),
        new("ResNet20", "ResNet-20, training", 3 * 32 * 32, 10, "Conv2D(16", "Conv2D({0}"),
        new("Certified", "bounds, certified training", 784, 10, "Dense(100)", "Dense({0})"),
        new("ResNet1001", "ResNet-1001, training", 64, 10, "Dense(32)", "Dense({0})"),
    ];

    public static Subject Named(string name) => All.First(s => s.Name == name);

    public string Source => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Networks", Name + ".cs"));

    /// <summary>The source with one width changed, each time to another; none of the networks has one of these.</summary>
    public string Edited(int time) => Source.Replace(Width, string.Format(null, OtherWidth, 24 + (16 * time)), StringComparison.Ordinal);
}
