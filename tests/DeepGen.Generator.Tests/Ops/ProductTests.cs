using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using static DeepGen.Generator.Tests.Ops.Evaluation;
using static DeepGen.Generator.Tests.Ops.OpSamples;

namespace DeepGen.Generator.Tests.Ops;

/// <summary>Products, windows and reductions against sums written out by hand.</summary>
public sealed class ProductTests
{
    [Fact]
    public void Matmul_with_a_shared_matrix() =>
        Is(Of(new MatMul(), Tensor([2, 1, 2], 1, 2, 3, 4), Tensor([2, 3], 1, 0, 2, 0, 1, 3)), [2, 1, 3], 1, 2, 8, 3, 4, 18);

    [Fact]
    public void Matmul_of_two_activations_pairs_their_batches() =>
        Is(Of(new MatMul(), Tensor([2, 1, 2], 1, 2, 3, 4), Tensor([2, 2, 1], 5, 6, 7, 8)), [2, 1, 1], 17, 53);

    [Fact]
    public void Matmul_of_batches_that_differ_is_refused() =>
        Assert.Contains("cannot multiply", Refuses(new MatMul(), Shape.Of(2, 1, 2), Shape.Of(3, 2, 1)).Message);

    [Fact]
    public void Convolution_slides_a_window_over_a_padded_image()
    {
        // 3x3 image 0..8, 2x2 window (1, 2; 3, 4), stride 2, one row and column of zeros before.
        var op = new Convolution(A(2, 2), A(1, 1), A(0, 0), A(1, 1), 1);
        Is(Of(op, Count(1, 3, 3, 1), Tensor([2, 2, 1, 1], 1, 2, 3, 4)), [1, 2, 2, 1], 0, (3 * 1) + (4 * 2), (2 * 3) + (4 * 6), 4 + (2 * 5) + (3 * 7) + (4 * 8));
    }

    [Fact]
    public void Convolution_with_dilation_skips_pixels()
    {
        var op = new Convolution(A(1, 1), A(0, 0), A(0, 0), A(1, 2), 1);
        Is(Of(op, Count(1, 1, 4, 1), Tensor([1, 2, 1, 1], 1, 10)), [1, 1, 2, 1], 20, 31);
    }

    [Fact]
    public void Convolution_in_groups_keeps_them_apart()
    {
        // Two groups of one channel in, two out each: outputs 0 and 1 see channel 0, outputs 2 and 3 channel 1.
        var op = new Convolution(A(1, 1), A(0, 0), A(0, 0), A(1, 1), 2);
        Is(Of(op, Tensor([1, 1, 1, 2], 5, 7), Tensor([1, 1, 1, 4], 1, 2, 3, 4)), [1, 1, 1, 4], 5, 10, 21, 28);
    }

    [Fact]
    public void A_padded_maximum_never_returns_the_padding() =>
        Is(Of(new Window(Reduction.Max, A(2, 2), A(2, 2), A(1, 1), A(0, 0)), Tensor([1, 1, 2, 1], -3, -5)), [1, 1, 1, 1], -3);

    [Fact]
    public void A_window_sum_counts_zeros_outside() =>
        Is(Of(new Window(Reduction.Sum, A(1, 2), A(1, 1), A(0, 1), A(0, 0)), Tensor([1, 1, 2, 1], 3, 5)), [1, 1, 2, 1], 3, 8);

    [Fact]
    public void Reductions_remove_their_axes()
    {
        Is(Of(new Reduce(Reduction.Sum, A(0, 2)), Count(2, 2, 2)), [2], 0 + 1 + 4 + 5, 2 + 3 + 6 + 7);
        Is(Of(new Reduce(Reduction.Max, A(1)), Tensor([2, 2], -1, -2, 4, 3)), [2], -1, 4);
    }

    [Fact]
    public void Compare_and_select_choose_element_by_element()
    {
        DenseTensor a = Tensor([3], 1, 2, 3), b = Tensor([3], 2, 2, 2);
        Is(Of(new Compare(Comparison.Less), a, b), [3], 1, 0, 0);
        Is(Of(new Compare(Comparison.LessOrEqual), a, b), [3], 1, 1, 0);
        Is(Of(new Compare(Comparison.Equal), a, b), [3], 0, 1, 0);
        Is(Of(new Select(), Tensor([3], 1, 0, -2), a, b), [3], 1, 2, 3);
    }

    [Fact]
    public void The_error_function_agrees_with_its_table()
    {
        // Abramowitz and Stegun, table 7.1.
        Assert.Equal(0, Erf.Reference(0));
        Assert.Equal(0.5204998778, Erf.Reference(0.5), 1e-10);
        Assert.Equal(-0.8427007929, Erf.Reference(-1), 1e-10);
        Assert.Equal(0.9953222650, Erf.Reference(2), 1e-10);
        Assert.Equal(Erf.Reference(2.5 - 1e-13), Erf.Reference(2.5), 1e-14);
        Assert.Equal(0.9999779095, Erf.Reference(3), 1e-10);
        Assert.Equal(1, Erf.Reference(7));
    }
}
