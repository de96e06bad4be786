using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Streams;

/// <summary>Step, element by element, is Predict of the whole sequence.</summary>
public sealed class StreamTests
{
    private const string Speaker = """
        [Network, Size("T", 12), Input("T"), Stream]
        [Embedding(11, 16), SinusoidalPositions, MultiHeadAttention(2, Causal = true), Lstm(8), Dense(11)]
        public sealed partial class N;
        """;

    public static TheoryData<string> Names => [.. StreamedNetworks.All.Select(n => n.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_step_gives_the_bits_of_the_whole_sequence(string name)
    {
        RunningNetwork network = Load(StreamedNetworks.Named(name));
        Assert.Null(StreamedCalls.Difference(network, 1, 3));
        Assert.Null(StreamedCalls.Difference(network, 3, 4));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_allocates_nothing(string name)
    {
        RunningNetwork network = Load(StreamedNetworks.Named(name));
        StreamState state = network.NewState(2);
        Action step = network.Network is ITokenModel model ? Tokens(model) : Rows();
        step();
        step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        step();
        step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(4, state.Position);

        Action Tokens(ITokenModel tokens)
        {
            float[] scores = new float[2 * tokens.Vocabulary];
            int[] ids = [3, 5];
            return () => tokens.Step(ids, scores, state);
        }

        Action Rows()
        {
            network.Resize("T", 1);
            ReadOnlyMemory<float>[] inputs = RunningNetwork.Memories(network.Inputs(2, 3));
            Memory<float>[] outputs = RunningNetwork.Targets(network.Outputs(2));
            return () => network.Step(inputs, outputs, state);
        }
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        RunningNetwork network = Load(StreamedNetworks.Named("attention, convolution and recurrence"));
        network.Network.Threads = 4;
        Assert.Null(StreamedCalls.Difference(network, 37, 5));
    }

    [Fact]
    public void New_parameters_count_from_the_next_step_on()
    {
        RunningNetwork network = Load(StreamedNetworks.Named("Lstm"));
        StreamState state = network.NewState(1);
        float[][] inputs = network.Inputs(1, 1);
        float[] before = StreamedCalls.Step(network, inputs, 1, 21, state.Clone(), 0)[0];
        network.Network.Parameters["0.weight_ih_l0"].Write(new float[80 * 6]);
        Assert.NotEqual(before, StreamedCalls.Step(network, inputs, 1, 21, state, 0)[0]);
        Assert.Null(StreamedCalls.Difference(network, 2, 6));
    }

    [Theory]
    [InlineData("Lstm")]
    [InlineData("dilated convolutions")]
    [InlineData("tokens")]
    [InlineData("attention, convolution and recurrence")]
    public void A_reset_state_is_a_new_one(string name)
    {
        RunningNetwork network = Load(StreamedNetworks.Named(name));
        float[][] first = network.Inputs(2, 1), second = network.Inputs(2, 2);
        int length = network.Sizes.Single().Value;
        StreamState state = network.NewState(2);
        Assert.Null(StreamedCalls.Difference(network, first, 2, state, 0, 9));
        state.Reset();
        Assert.Equal(0, state.Position);
        Assert.Null(StreamedCalls.Difference(network, second, 2, state, 0, length));
    }

    [Theory]
    [InlineData("Lstm")]
    [InlineData("dilated convolutions")]
    [InlineData("tokens")]
    [InlineData("attention, convolution and recurrence")]
    public void A_copy_of_a_state_goes_its_own_way(string name)
    {
        RunningNetwork network = Load(StreamedNetworks.Named(name));
        float[][] inputs = network.Inputs(2, 1), others = network.Inputs(2, 2);
        int length = network.Sizes.Single().Value;
        StreamState state = network.NewState(2);
        Assert.Null(StreamedCalls.Difference(network, inputs, 2, state, 0, 7));
        StreamState copy = state.Clone();
        for (int step = 7; step < length; step++)
        {
            StreamedCalls.Step(network, others, 2, length, copy, step);
        }

        Assert.Equal((7, length), (state.Position, copy.Position));
        Assert.Null(StreamedCalls.Difference(network, inputs, 2, state.Clone(), 7, length));
        Assert.Null(StreamedCalls.Difference(network, inputs, 2, state, 7, length));
    }

    [Fact]
    public void A_token_model_is_one_and_a_stream_of_vectors_is_none()
    {
        var tokens = Assert.IsAssignableFrom<ITokenModel>(Load(Speaker).Network);
        Assert.Equal(11, tokens.Vocabulary);
        Assert.Equal(12, tokens.NewState().Longest);
        var vectors = Assert.IsAssignableFrom<IStreamable>(Load(StreamedNetworks.Named("Gru")).Network);
        Assert.False(vectors is ITokenModel);
        Assert.Equal(3, vectors.NewState(3).Batch);
    }

    [Fact]
    public void A_state_that_counts_no_steps_goes_on_beyond_the_declared_size()
    {
        RunningNetwork network = Load(StreamedNetworks.Named("convolutions and a recurrent layer"));
        StreamState state = network.NewState(1);
        Assert.Equal(int.MaxValue, state.Longest);
        float[][] inputs = network.Inputs(1, 1);
        for (int step = 0; step < 100; step++)
        {
            Assert.All(StreamedCalls.Step(network, inputs, 1, 21, state, step % 21)[0], y => Assert.True(float.IsFinite(y)));
        }
    }

    [Fact]
    public void A_state_that_is_full_takes_no_more()
    {
        RunningNetwork network = Load(Speaker);
        StreamState state = network.NewState(1);
        float[][] inputs = network.Inputs(1, 1);
        Assert.Null(StreamedCalls.Difference(network, inputs, 1, state, 0, 12));
        var error = Assert.Throws<InvalidOperationException>(() => StreamedCalls.Step(network, inputs, 1, 12, state, 11));
        Assert.Equal("12 elements have come, as many as the sizes declared allow; Reset the state, or declare a larger size", error.Message);
        Assert.Equal(12, state.Position);
        state.Reset();
        Assert.Null(StreamedCalls.Difference(network, inputs, 1, state, 0, 12));
    }

    [Fact]
    public void A_state_of_another_network_is_refused()
    {
        CompiledSource source = CompiledSource.Load("""
            [Network, Size("T", 9), Input("T", 4), Stream, Lstm(6)]
            public sealed partial class N;

            [Network, Size("T", 9), Input("T", 4), Stream, Lstm(6)]
            public sealed partial class M;
            """);
        RunningNetwork network = source.Create("N"), sibling = source.Create("N", seed: 8), other = source.Create("M");
        float[][] inputs = network.Inputs(1, 1);
        StreamState state = other.NewState(1);
        var error = Assert.Throws<ArgumentException>(() => StreamedCalls.Step(network, inputs, 1, 9, state, 0));
        Assert.Contains("the state was made by a network of another class; ask this one's NewState for one", error.Message);
        Assert.Equal(0, state.Position);

        // Two networks of one class keep the same things.
        Assert.Null(StreamedCalls.Difference(network, inputs, 1, sibling.NewState(1), 0, 9));
    }

    [Fact]
    public void A_batch_that_is_not_the_states_is_refused()
    {
        RunningNetwork network = Load(StreamedNetworks.Named("Lstm"));
        StreamState state = network.NewState(2);
        var error = Assert.Throws<ArgumentException>(() => network.Step([new float[6]], [new float[40]], state));
        Assert.Contains("input 'input' has 6 values; 2 samples of 6 make 12", error.Message);
        error = Assert.Throws<ArgumentException>(() => network.Step([new float[12]], [new float[20]], state));
        Assert.Contains("output 'output' has 20 values; 2 samples of 20 make 40", error.Message);
        Assert.Equal(0, state.Position);
        Assert.Throws<ArgumentNullException>(() => network.Step([new float[6]], [new float[20]], null!));
    }

    [Fact]
    public void A_token_that_there_is_not_is_refused_before_anything_is_kept()
    {
        var model = (ITokenModel)Load(Speaker).Network;
        StreamState state = model.NewState(2);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => model.Step([3, 11], new float[22], state));
        Assert.Contains("the id 11 at position 0 of sample 1; ids must be whole numbers from 0 to 10", error.Message);
        Assert.Equal(0, state.Position);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(int.MaxValue)]
    public void A_state_of_no_batch_or_of_too_large_a_one_is_refused(int batch)
    {
        RunningNetwork network = Load(StreamedNetworks.Named("Lstm"));
        Assert.Equal("batch", Assert.Throws<ArgumentOutOfRangeException>(() => network.NewState(batch)).ParamName);
    }

    private static RunningNetwork Load(string declaration) => CompiledSource.Load(declaration).Create("N");
}
