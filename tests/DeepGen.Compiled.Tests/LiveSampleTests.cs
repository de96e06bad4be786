using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests;

/// <summary>A sample alone goes through a list of what is not zero, behind a relu or as it comes in; a few together do not.</summary>
public sealed class LiveSampleTests
{
    public static TheoryData<string> Declarations =>
    [
        "[Network, Input(37)] [Dense(333), Relu, Dense(64), Relu, Dense(70), Relu, Dense(300), Gelu] public sealed partial class N;",
        "[Network, Input(1, 12, 12)] [Conv2D(7, 3), Relu, MaxPool2D(2), Flatten, Dense(99), Relu, Dropout(0.5f), Dense(81)] public sealed partial class N;",
        "[Network, Input(70)] [Dense(130, Bias = false)] public sealed partial class N;",
        "[Network] public sealed partial class N { [Dense(90)] private partial Tensor A(Tensor x); Tensor Forward([Shape(90)] Tensor x) { var y = Relu(x); return x + Tanh(A(y)) * y; } }",
    ];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void It_has_the_bits_it_has_among_others(string declaration)
    {
        RunningNetwork network = CompiledSource.Load(declaration).Create("N");
        Assert.Contains("ListOne", string.Concat(CompiledSource.Load(declaration).Generated.Values), StringComparison.Ordinal);
        Assert.Null(Agreement.Difference(network, 1, 2));
        Assert.Null(AllocationOf.Predict(network));
        Assert.Null(SameBits.OfPredict(network, 5));
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Nothing_is_read_or_written_beyond_what_was_passed(string declaration) => Assert.Null(GuardedCall.OfPredict(CompiledSource.Load(declaration).Create("N")));

    /// <summary>With none, few, as many as still pay, more than that, and all: two samples have tiles, three and more have lists if few are live.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(79)]
    [InlineData(80)]
    [InlineData(81)]
    [InlineData(100)]
    public void However_many_of_its_numbers_are_live(int live)
    {
        const int Depth = 100, Many = 100;
        RunningNetwork network = CompiledSource.Load("[Network, Input(100)] [Dense(300), Relu, Dense(64)] public sealed partial class N;").Create("N");
        float[] sample = [.. Enumerable.Range(0, Depth).Select(i => i * 37 % Depth < live ? 0.3f + (i % 11) : 0)];
        float[] alone = network.Predict([sample], 1)[0];
        Assert.All(new[] { 2, 3, 7, Many }, batch =>
        {
            float[] together = network.Predict([[.. Enumerable.Repeat(sample, batch).SelectMany(s => s)]], batch)[0];
            Assert.True(SameBits.Are(alone, together.AsSpan(together.Length - alone.Length)));
        });
    }
}
