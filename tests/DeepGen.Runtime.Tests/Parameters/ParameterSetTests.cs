using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen.Tests;

public class ParameterSetTests
{
    [Fact]
    public void Names_come_in_the_order_of_the_declarations_copy_by_copy() => Assert.Equal(
        ["0.weight", "0.bias", "1.0.weight", "1.0.bias", "1.1.weight", "1.1.bias", "1.2.weight", "1.2.bias", "2.running_var"],
        TestParameters.Small().Select(p => p.Name));

    [Fact]
    public void Stacks_within_stacks_count_from_the_outside_in()
    {
        var set = new ParameterSet(
            [TestParameters.Declare("a.*.b.*.w", [1], [2, 3]), TestParameters.Declare("a.*.b.*.v", [1], [2, 3]), TestParameters.Declare("a.*.c", [1], [2])], 1);
        Assert.Equal(
            [
                "a.0.b.0.w", "a.0.b.0.v", "a.0.b.1.w", "a.0.b.1.v", "a.0.b.2.w", "a.0.b.2.v", "a.0.c",
                "a.1.b.0.w", "a.1.b.0.v", "a.1.b.1.w", "a.1.b.1.v", "a.1.b.2.w", "a.1.b.2.v", "a.1.c",
            ],
            set.Select(p => p.Name));
        set["a.1.b.2.w"].Write([7]);
        Assert.Equal(7, Unsafe.Add(ref set.Start, 5));
    }

    [Fact]
    public void Declarations_begin_at_multiples_of_sixteen_and_copies_lie_together()
    {
        var set = TestParameters.Small();
        set["0.bias"].Write([1, 2, 3]);
        set["1.2.weight"].Write([4, 5, 6, 7]);
        Assert.Equal(2, Unsafe.Add(ref set.Start, 16 + 1));
        Assert.Equal(6, Unsafe.Add(ref set.Start, 32 + (2 * 4) + 2));
    }

    [Fact]
    public unsafe void The_buffer_is_aligned_and_never_moves()
    {
        var set = TestParameters.Small();
        nint before = (nint)Unsafe.AsPointer(ref set.Start);
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        Assert.Equal(before, (nint)Unsafe.AsPointer(ref set.Start));
        Assert.Equal(0, before % 64);
    }

    [Fact]
    public void A_write_shows_in_the_values_and_in_the_version()
    {
        var set = TestParameters.Small();
        int version = set.Version;
        set["0.bias"].Write([1, 2, 3]);
        Assert.Equal([1, 2, 3], set["0.bias"].Values.ToArray());
        Assert.NotEqual(version, set.Version);
        var copy = new float[3];
        set["0.bias"].CopyTo(copy);
        Assert.Equal([1, 2, 3], copy);
    }

    [Fact]
    public void A_write_of_another_length_is_refused()
    {
        var set = TestParameters.Small();
        int version = set.Version;
        var error = Assert.Throws<ArgumentException>(() => set["0.bias"].Write([1, 2]));
        Assert.Contains("parameter '0.bias' of shape [3] holds 3 values, but 2 were given", error.Message);
        Assert.Equal(version, set.Version);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_similar_ones()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => TestParameters.Small()["0.wieght"]);
        Assert.Contains("there is no parameter '0.wieght'; the nearest names are '0.weight'", error.Message);
        Assert.False(TestParameters.Small().TryGet("0.wieght", out _));
    }

    [Fact]
    public void A_set_without_parameters_says_so() => Assert.Contains(
        "the network has none", Assert.Throws<KeyNotFoundException>(() => new ParameterSet([], 1)["w"]).Message);

    [Fact]
    public void A_parameter_tells_its_shape_and_whether_it_is_trained()
    {
        var set = TestParameters.Small();
        Assert.Equal([3, 5], set["0.weight"].Shape.ToArray());
        Assert.Equal(15, set["0.weight"].Length);
        Assert.True(set["0.weight"].Trainable);
        Assert.False(set["2.running_var"].Trainable);
        Assert.Equal("0.weight [3, 5]", set["0.weight"].ToString());
    }
}
