using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Streams;

/// <summary>A sequence in pieces, each beginning with the states the one before has ended with.</summary>
public sealed class CarriedStateTests
{
    private const int Whole = 17, Half = 7, Units = 20;

    [Theory]
    [InlineData("Lstm", "", 1)]
    [InlineData("Gru", ", Layers = 2", 3)]
    [InlineData("Lstm", ", Layers = 3", 33)]
    [InlineData("Rnn", ", Relu = true", 5)]
    public void Two_halves_have_the_bits_of_the_whole(string kind, string arguments, int batch)
    {
        (RunningNetwork carried, RunningNetwork plain) = Load(kind, arguments);
        float[] x = plain.Inputs(batch, 3)[0];
        float[] whole = plain.Predict([x], batch)[0];
        float[][] states = [.. carried.Inputs(batch, 1)[1..].Select(s => new float[s.Length])];
        foreach ((int from, int to) in new[] { (0, Half), (Half, Whole) })
        {
            carried.Resize("T", to - from);
            float[][] outputs = carried.Predict([Cut(x, batch, 6, from, to), .. states], batch);
            Assert.Equal(Bits(Cut(whole, batch, Units, from, to)), Bits(outputs[0]));
            states = outputs[1..];
        }

        // The last row of the last layer is where its state ends.
        int loops = states[0].Length / batch / Units;
        float[] end = [.. Enumerable.Range(0, batch).SelectMany(n => states[0].AsSpan(((n * loops) + loops - 1) * Units, Units).ToArray())];
        Assert.Equal(Bits(Cut(whole, batch, Units, Whole - 1, Whole)), Bits(end));
    }

    [Fact]
    public void What_is_given_changes_what_comes()
    {
        (RunningNetwork carried, _) = Load("Lstm", "");
        float[][] inputs = carried.Inputs(2, 3);
        float[] one = carried.Predict(inputs, 2)[0];
        foreach (int state in new[] { 1, 2 })
        {
            float[][] other = [.. inputs];
            other[state] = new float[other[state].Length];
            Assert.NotEqual(one, carried.Predict(other, 2)[0]);
        }
    }

    private static (RunningNetwork Carried, RunningNetwork Plain) Load(string kind, string arguments)
    {
        string shape = arguments.Contains("Layers", StringComparison.Ordinal) ? $"{arguments[^1]}, {Units}" : $"{Units}";
        (string parameters, string inputs, string names) = kind == "Lstm"
            ? ("Tensor x, Tensor h, Tensor c", $"[Shape({shape})] Tensor h, [Shape({shape})] Tensor c", "x, h, c")
            : ("Tensor x, Tensor h", $"[Shape({shape})] Tensor h", "x, h");
        string results = kind == "Lstm" ? "(Tensor Y, Tensor H, Tensor C)" : "(Tensor Y, Tensor H)";
        CompiledSource source = CompiledSource.Load($$"""
            [Network, Size("T", {{Whole}})]
            public sealed partial class N
            {
                [{{kind}}({{Units}}{{arguments}})] private partial {{results}} Go({{parameters}});
                private {{results}} Forward([Shape("T", 6)] Tensor x, {{inputs}}) => Go({{names}});
            }

            [Network, Size("T", {{Whole}})]
            public sealed partial class M
            {
                [{{kind}}({{Units}}{{arguments}})] private partial Tensor Go(Tensor x);
                private Tensor Forward([Shape("T", 6)] Tensor x) => Go(x);
            }
            """);
        return (source.Create("N"), source.Create("M"));
    }

    private static float[] Cut(float[] values, int batch, int size, int from, int to) =>
        [.. Enumerable.Range(0, batch).SelectMany(n => values[(((n * Whole) + from) * size)..(((n * Whole) + to) * size)])];

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
