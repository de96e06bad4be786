using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Limits;

/// <summary>One network, many callers: each gets what it would have got alone, also while the parameters change.</summary>
public sealed class ConcurrencyTests
{
    private const int Callers = 8;
    private const int Calls = 60;

    private static readonly Lazy<CompiledSource> s_source = new(() => CompiledSource.Load(
        """
        [Network, Input(30), Certify] [Dense(64), Tanh, Dense(33), Relu, LayerNorm, Dense(5), Softmax] public sealed partial class Vector;

        [Network, Input(3, 11, 9), Certify] [Conv2D(17, 3, Padding = 1), BatchNorm, Relu, MaxPool2D(2), Conv2D(8, 3, Padding = 1), Flatten, Dense(4)] public sealed partial class Image;

        [Network, Input(4, 6, 6), Certify] [Stack<Block>(5), GlobalAveragePool, Dense(3)] public sealed partial class Deep;

        [Block, Residual, Conv2D(Kernel = 3, Padding = 1), BatchNorm, Relu, Conv2D(Kernel = 3, Padding = 1)] public sealed partial class Block;

        [Network, Certify]
        public sealed partial class Twice
        {
            [Dense(16), Gelu] private partial Tensor Encode(Tensor x);

            private (Tensor Near, Tensor Code) Forward([Shape(20)] Tensor a, [Shape(20)] Tensor b) => (Abs(Encode(a) - Encode(b)), Encode(a));
        }
        """));

    public static TheoryData<string, int> NamesAndThreads => new()
    {
        { "Vector", 1 }, { "Vector", 2 }, { "Image", 1 }, { "Image", 2 }, { "Deep", 1 }, { "Deep", 2 }, { "Twice", 1 }, { "Twice", 2 },
    };

    [Theory]
    [MemberData(nameof(NamesAndThreads))]
    public void Eight_callers_at_once_each_get_what_they_would_get_alone(string name, int threads)
    {
        RunningNetwork network = s_source.Value.Create(name);
        var own = Enumerable.Range(0, Callers).Select(i => (Batch: 1 + (i * 23), Inputs: network.Inputs(1 + (i * 23), i))).ToList();
        float[][][] alone = [.. own.Select(o => network.Predict(o.Inputs, o.Batch))];
        float[][][] bounds = [.. own.Select(o => network.Certify(Boxes(o.Inputs), o.Batch))];
        network.Network.Threads = threads;
        AtOnce(Callers, caller =>
        {
            (int batch, float[][] inputs) = own[caller];
            for (int i = 0; i < Calls; i++)
            {
                Assert.Equal(alone[caller], network.Predict(inputs, batch));
                if (i % 10 == 0)
                {
                    Assert.Equal(bounds[caller], network.Certify(Boxes(inputs), batch));
                }
            }
        });
    }

    [Theory]
    [InlineData("Vector")]
    [InlineData("Deep")]
    public void A_call_uses_the_parameters_from_before_a_write_or_those_from_after_it(string name)
    {
        RunningNetwork network = s_source.Value.Create(name);
        float[][] inputs = network.Inputs(3, 1);
        Parameter parameter = network.Network.Parameters[0];
        float[][] values = [parameter.Values.ToArray(), [.. parameter.Values.ToArray().Select(v => -2 * v)]];
        float[][][] expected = [.. values.Select(v =>
        {
            parameter.Write(v);
            return network.Predict(inputs, 3);
        })];
        Assert.NotEqual(expected[0], expected[1]);
        AtOnce(Callers, caller =>
        {
            for (int i = 0; i < Calls; i++)
            {
                if (caller == 0)
                {
                    parameter.Write(values[i % 2]);
                    continue;
                }

                float[][] actual = network.Predict(inputs, 3);
                Assert.Contains(expected, e => e.Zip(actual).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)));
            }
        });
        parameter.Write(values[0]);
        Assert.Equal(expected[0], network.Predict(inputs, 3));
    }

    [Theory]
    [MemberData(nameof(NamesAndThreads))]
    public void Predicting_allocates_nothing_however_it_is_called(string name, int threads)
    {
        RunningNetwork network = s_source.Value.Create(name);
        network.Network.Threads = threads;
        ReadOnlyMemory<float>[] inputs = RunningNetwork.Memories(network.Inputs(150, 1));
        Memory<float>[] outputs = RunningNetwork.Targets(network.Outputs(150));
        void Call()
        {
            network.Predict(inputs, outputs);
            network.Network.Predict(inputs, outputs);
        }

        Call();
        Call();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Call();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static float[][] Boxes(float[][] inputs) => [.. inputs.SelectMany(i => new[] { i, [.. i.Select(v => v + 0.01f)] })];

    /// <summary>Runs all callers on threads of their own, begun at one moment, and passes on what any of them throws.</summary>
    private static void AtOnce(int callers, Action<int> body)
    {
        using var start = new Barrier(callers);
        var failures = new Exception?[callers];
        var threads = Enumerable.Range(0, callers).Select(caller => new Thread(() =>
        {
            start.SignalAndWait();
            failures[caller] = Record.Exception(() => body(caller));
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.All(failures, Assert.Null);
    }
}
