using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen.Tests;

/// <summary>Loads and stores reach the lanes they name and nothing else.</summary>
public abstract class LanesMemoryTests<T>
    where T : struct, ILanes<T>
{
    private const int Lanes = TestValues.Lanes;

    [LanesFact]
    public void Loads_and_stores_take_an_offset()
    {
        var source = TestValues.Counting(40);
        var target = new float[40];
        T.Store(T.Load(ref source[0], 7), ref target[0], 11);
        Assert.Equal([.. new float[11], .. source[7..23], .. new float[13]], target);
    }

    [LanesFact]
    public void A_partial_load_fills_with_zeros()
    {
        var source = TestValues.Counting(40);
        for (int count = 0; count <= Lanes; count++)
        {
            var target = new float[Lanes];
            T.Store(T.LoadFirst(ref source[0], 5, count), ref target[0], 0);
            Assert.Equal([.. source[5..(5 + count)], .. new float[Lanes - count]], target);
        }
    }

    [LanesFact]
    public void A_partial_store_leaves_the_rest()
    {
        var source = TestValues.Counting(Lanes);
        for (int count = 0; count <= Lanes; count++)
        {
            var target = Enumerable.Repeat(-1f, 40).ToArray();
            T.StoreFirst(T.Load(ref source[0], 0), ref target[0], 5, count);
            Assert.Equal([.. Enumerable.Repeat(-1f, 5), .. source[..count], .. Enumerable.Repeat(-1f, 35 - count)], target);
        }
    }

    [LanesFact]
    public void A_strided_load_takes_every_nth()
    {
        var source = TestValues.Counting(100);
        foreach (int stride in new[] { 1, 2, 3, 5, -4, 0 })
        {
            int offset = stride < 0 ? 90 : 3;
            var target = new float[Lanes];
            T.Store(T.LoadStrided(ref source[0], offset, stride), ref target[0], 0);
            Assert.Equal(Enumerable.Range(0, Lanes).Select(i => source[offset + (i * stride)]), target);
        }
    }

    [LanesFact]
    public void Halves_come_from_two_places_and_go_to_two()
    {
        var source = TestValues.Counting(40);
        var target = Enumerable.Repeat(-1f, 40).ToArray();
        T.StoreHalves(T.LoadHalves(ref source[0], 21, 3), ref target[0], 11, 1);
        Assert.Equal([-1, .. source[3..11], -1, -1, .. source[21..29], .. Enumerable.Repeat(-1f, 21)], target);
        T.Store(T.BroadcastHalves(ref source[7], ref source[5]), ref target[0], 20);
        Assert.Equal([.. Enumerable.Repeat(source[7], 8), .. Enumerable.Repeat(source[5], 8)], target[20..36]);
    }

    [LanesFact]
    public void Nothing_outside_is_touched()
    {
        if (!GuardedPage.IsSupported)
        {
            return;
        }

        using var page = new GuardedPage();
        for (int count = 0; count <= Lanes; count++)
        {
            var values = T.LoadFirst(ref page.End, -count, count);
            T.StoreFirst(values, ref page.End, -count, count);
            values = T.LoadFirst(ref page.First, 0, count);
            T.StoreFirst(values, ref page.First, 0, count);
        }

        T.Store(T.Load(ref page.End, -Lanes), ref page.End, -Lanes);
        T.Store(T.LoadStrided(ref page.End, (-2 * Lanes) + 1, 2), ref page.First, 0);
        T.StoreHalves(T.LoadHalves(ref page.End, -Lanes / 2, -Lanes / 2), ref page.First, 0, 0);
        Assert.Equal(0, Unsafe.Add(ref page.End, -1));
    }
}

public sealed class Lanes512MemoryTests : LanesMemoryTests<Lanes512>;

public sealed class Lanes256MemoryTests : LanesMemoryTests<Lanes256>;

public sealed class LanesNeonMemoryTests : LanesMemoryTests<LanesNeon>;

public sealed class Lanes128MemoryTests : LanesMemoryTests<Lanes128>;

public sealed class LanesScalarMemoryTests : LanesMemoryTests<LanesScalar>;
