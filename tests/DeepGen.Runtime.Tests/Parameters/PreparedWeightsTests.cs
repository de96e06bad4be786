using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen.Tests;

public class PreparedWeightsTests
{
    private readonly ParameterSet _parameters = new([TestParameters.Declare("w", [4], kind: Initializer.Ones)], 1);
    private int _built;

    [Fact]
    public void Weights_are_derived_when_first_used_and_after_a_write_alone()
    {
        var weights = Doubled();
        Assert.Equal(0, _built);
        Assert.Equal(2, weights.Start);
        Assert.Equal(2, weights.Start);
        Assert.Equal(1, _built);
        _parameters["w"].Write([3, 4, 5, 6]);
        Assert.Equal(6, weights.Start);
        Assert.Equal(12, Unsafe.Add(ref weights.Start, 3));
        Assert.Equal(2, _built);
    }

    [Fact]
    public void A_prediction_under_way_keeps_its_weights()
    {
        var weights = Doubled();
        ref float before = ref weights.Start;
        _parameters["w"].Write([3, 4, 5, 6]);
        Assert.Equal(6, weights.Start);
        Assert.Equal(2, before);
    }

    [Fact]
    public unsafe void Weights_are_aligned() => Assert.Equal(0, (nint)Unsafe.AsPointer(ref Doubled().Start) % 64);

    [Fact]
    public void A_thousand_writers_and_readers_never_see_half_a_write()
    {
        var weights = Doubled();
        var torn = new int[1];
        Parallel.For(0, 2000, i =>
        {
            if (i % 4 == 0)
            {
                _parameters["w"].Write([i, i, i, i]);
            }

            ref float start = ref weights.Start;
            for (int k = 1; k < 4; k++)
            {
                if (start != Unsafe.Add(ref start, k))
                {
                    Interlocked.Increment(ref torn[0]);
                }
            }
        });
        Assert.Equal(0, torn[0]);
    }

    [Fact]
    public void Using_weights_allocates_nothing()
    {
        var weights = Doubled();
        float sum = weights.Start;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            sum += weights.Start;
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(2002, sum);
    }

    [Fact]
    public void Weights_outlive_the_parameters()
    {
        var weights = Doubled();
        _parameters["w"].Write([3, 4, 5, 6]);
        _parameters.Release();
        _parameters.Release();
        Assert.True(_parameters.IsReleased);
        Assert.Equal(12, Unsafe.Add(ref weights.Start, 3));
        Assert.Equal(1, _built);
        Assert.Equal(("w", 4, 1), (_parameters["w"].Name, _parameters["w"].Length, _parameters.Count));
    }

    [Fact]
    public void Released_parameters_say_so()
    {
        Doubled();
        _parameters.Release();
        Assert.All<Action>(
            [
                () => _ = _parameters["w"].Values,
                () => _parameters["w"].Write([1, 2, 3, 4]),
                () => _parameters.Save(Stream.Null),
                () => _ = _parameters.Start,
            ],
            use => Assert.Contains("Release", Assert.Throws<InvalidOperationException>(use).Message));
    }

    [Fact]
    public void Parameters_from_which_nothing_is_derived_are_not_released()
    {
        Assert.Throws<InvalidOperationException>(_parameters.Release);
        Assert.Equal(1, _parameters["w"].Values[0]);
    }

    private PreparedWeights Doubled() => new(_parameters, 4, (ref float parameters, ref float prepared) =>
    {
        Interlocked.Increment(ref _built);
        for (int i = 0; i < 4; i++)
        {
            Unsafe.Add(ref prepared, i) = 2 * Unsafe.Add(ref parameters, i);
        }
    });
}
