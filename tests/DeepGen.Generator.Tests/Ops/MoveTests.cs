using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using static DeepGen.Generator.Tests.Ops.Evaluation;
using static DeepGen.Generator.Tests.Ops.OpSamples;

namespace DeepGen.Generator.Tests.Ops;

/// <summary>Operations that compute nothing: where each number goes, against positions written out by hand.</summary>
public sealed class MoveTests
{
    [Fact]
    public void Broadcast_repeats_along_the_axes_the_source_lacks() =>
        Is(Of(new Broadcast(Shape.Of(2, 3, 2), A(0, 2)), Count(2, 2)), [2, 3, 2], 0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3);

    [Fact]
    public void Broadcast_of_a_scalar_fills() =>
        Is(Of(new Broadcast(Shape.Of(2, 2), A()), Tensor([], 7)), [2, 2], 7, 7, 7, 7);

    [Fact]
    public void Transpose_takes_result_axis_i_from_axis_permutation_i() =>
        Is(Of(new Transpose(A(2, 0, 1)), Count(2, 1, 3)), [3, 2, 1], 0, 3, 1, 4, 2, 5);

    [Fact]
    public void Slice_takes_every_step_th_element() =>
        Is(Of(new Slice(1, 1, 2, 2), Count(2, 5)), [2, 2], 1, 3, 6, 8);

    [Fact]
    public void Pad_puts_its_value_around() =>
        Is(Of(new Pad(A(1, 0), A(0, 2), 9), Count(1, 2)), [2, 4], 9, 9, 9, 9, 0, 1, 9, 9);

    [Fact]
    public void Concat_joins_along_a_middle_axis() =>
        Is(Of(new Concat(1), Count(2, 1, 2), Tensor([2, 2, 2], 10, 11, 12, 13, 14, 15, 16, 17)), [2, 3, 2], 0, 1, 10, 11, 12, 13, 2, 3, 14, 15, 16, 17);

    [Fact]
    public void Reverse_turns_one_axis_around() =>
        Is(Of(new Reverse(0), Count(3, 2)), [3, 2], 4, 5, 2, 3, 0, 1);

    [Fact]
    public void Gather_takes_rows_by_number_in_the_shape_of_the_numbers() =>
        Is(Of(new Gather(), Count(3, 2), Tensor([2, 2], 2, 0, 1, 1)), [2, 2, 2], 4, 5, 0, 1, 2, 3, 2, 3);

    [Fact]
    public void Reshape_keeps_the_order() => Is(Of(new Reshape(Shape.Of(3, 2)), Count(2, 3)), [3, 2], 0, 1, 2, 3, 4, 5);

    [Fact]
    public void Moves_that_do_not_fit_are_refused()
    {
        Assert.Contains("cannot take [B,3] to [B,4]", Refuses(new Reshape(Shape.Of(Size.Batch, 4)), Shape.Of(Size.Batch, 3)).Message);
        Assert.Contains("no permutation", Refuses(new Transpose(A(0, 0)), Shape.Of(2, 3)).Message);
        Assert.Contains("outside", Refuses(new Slice(0, 2, 2, 2), Shape.Of(4)).Message);
        Assert.Contains("outside", Refuses(new Slice(0, 0, 1, 1), Shape.Of(Size.Batch)).Message);
        Assert.Contains("cannot join", Refuses(new Concat(0), Shape.Of(2, 3), Shape.Of(2, 4)).Message);
        Assert.Contains("cannot take", Refuses(new Broadcast(Shape.Of(2, 3), A(1)), Shape.Of(2)).Message);
        Assert.Contains("i32", Refuses(new Gather(), Shape.Of(2, 3), Shape.Of(2)).Message);
        Assert.Contains("cannot add samples", Refuses(new Pad(A(1), A(0), 0), Shape.Of(Size.Batch)).Message);
    }
}
