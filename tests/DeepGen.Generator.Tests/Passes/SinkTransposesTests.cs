using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Tests.Passes;

public sealed class SinkTransposesTests
{
    private readonly Sketch _s = new();

    [Fact]
    public void Transposes_pass_a_function_and_cancel() =>
        BecomesFree(_s.ToFirst(_s.Add(new Tanh(), _s.ToLast(_s.Image(2, 3, 4)))));

    [Fact]
    public void Parameters_along_axes_follow_the_axes()
    {
        Node x = _s.ToLast(_s.Image(2, 3, 4));
        Node sum = _s.Add(new Add(), x, _s.Broadcast(_s.Parameter("p", 4, 2), x.Shape, 2, 3));
        Meaning.Becomes(SinkTransposes.Run, _s.Graph(_s.ToFirst(sum)), """
            %0 = input 0 x0 : f32[B,2,3,4]
            %1 = parameter p : f32[4,2]
            %2 = transpose %1  1,0 : f32[2,4]
            %3 = broadcast %2  [B,2,3,4] axes=1,3 : f32[B,2,3,4]
            %4 = add %0, %3 : f32[B,2,3,4]
            return y0=%4
            """);
    }

    [Fact]
    public void Two_operands_in_one_layout_meet_in_it()
    {
        Node a = _s.ToLast(_s.Image(2, 3, 4));
        Node b = _s.ToLast(_s.Image(2, 3, 4));
        BecomesFree(_s.ToFirst(_s.Add(new Multiply(), a, b)));
    }

    [Fact]
    public void A_skip_connection_takes_the_layout_of_the_branch()
    {
        Node x = _s.Image(2, 3, 3);
        Node weight = _s.Parameter("w", 2, 2, 3, 3);
        Node y = _s.Add(new Add(), _s.Convolution(x, weight, null, 1), x);
        Node z = _s.Add(new Add(), _s.Convolution(_s.Relu(y), weight, _s.Parameter("b", 2), 1), y);
        Graph after = Meaning.After(SinkTransposes.Run, _s.Graph(z));
        Assert.Equal(2, TransposeCount.Of(after));
    }

    [Fact]
    public void Reductions_pads_slices_and_reversals_take_the_axis_of_the_core()
    {
        Node x = _s.ToLast(_s.Image(2, 3, 4));
        x = _s.Add(new Pad(EquatableArray.Of(0, 1, 0, 2), EquatableArray.Of(0, 0, 3, 0), 1), x);
        x = _s.Add(new Reverse(3), _s.Add(new Slice(2, 1, 3, 2), x));
        x = _s.Add(new Concat(1), x, _s.Add(new Tanh(), x));
        Node sum = _s.Add(new Reduce(Reduction.Sum, EquatableArray.Of(2, 3)), x);
        BecomesFree(sum, _s.ToFirst(x));
    }

    [Fact]
    public void A_mean_subtracted_from_an_image_stays_channels_last()
    {
        Node x = _s.ToFirst(_s.Input(Size.Batch, 3, 4, 2));
        Node sum = _s.Add(new Reduce(Reduction.Sum, EquatableArray.Of(1, 2)), x);
        Node y = _s.Add(new Subtract(), x, _s.Broadcast(sum, x.Shape, 0, 3));
        BecomesFree(_s.ToLast(y));
    }

    [Fact]
    public void Upsampling_stays_channels_last()
    {
        Node x = _s.ToFirst(_s.Input(Size.Batch, 3, 4, 2));
        Node y = _s.Broadcast(x, Shape.Of(Size.Batch, 2, 3, 2, 4, 2), 0, 1, 2, 4);
        BecomesFree(_s.ToLast(_s.Reshape(y, Size.Batch, 2, 6, 8)));
    }

    [Fact]
    public void Axes_that_stay_neighbours_are_merged_and_split_in_the_core()
    {
        Node x = _s.ToFirst(_s.Input(Size.Batch, 3, 4, 6));
        Node groups = _s.Add(new Tanh(), _s.Reshape(x, Size.Batch, 2, 3, 12));
        BecomesFree(_s.ToLast(_s.Reshape(groups, Size.Batch, 6, 3, 4)));
    }

    [Fact]
    public void Flattening_permutes_the_rows_of_the_matrix_instead()
    {
        Node x = _s.ToFirst(_s.Input(Size.Batch, 2, 2, 3));
        Node y = _s.Add(new MatMul(), _s.Relu(_s.Flatten(x)), _s.Parameter("w", 12, 5));
        Meaning.Becomes(SinkTransposes.Run, _s.Graph(y), """
            %0 = input 0 x0 : f32[B,2,2,3]
            %1 = constant 0 : f32[]
            %2 = broadcast %1  [B,2,2,3] axes= : f32[B,2,2,3]
            %3 = maximum %0, %2 : f32[B,2,2,3]
            %4 = parameter w : f32[12,5]
            %5 = reshape %4  [3,2,2,5] : f32[3,2,2,5]
            %6 = transpose %5  1,2,0,3 : f32[2,2,3,5]
            %7 = reshape %6  [12,5] : f32[12,5]
            %8 = reshape %3  [B,12] : f32[B,12]
            %9 = matmul %8, %7 : f32[B,5]
            return y0=%9
            """);
    }

    [Fact]
    public void A_bias_on_flattened_values_is_arranged_like_the_image()
    {
        Node x = _s.Flatten(_s.ToFirst(_s.Input(Size.Batch, 2, 2, 3)));
        Node y = _s.Add(new Add(), x, _s.Broadcast(_s.Parameter("b", 12), x.Shape, 1));
        BecomesFree(_s.Add(new MatMul(), y, _s.Parameter("w", 12, 5)));
    }

    [Fact]
    public void Rows_of_a_matrix_product_may_lie_in_any_order()
    {
        Node x = _s.Transpose(_s.Input(Size.Batch, 3, 4), 1, 0, 2);
        Node y = _s.Add(new MatMul(), x, _s.Parameter("w", 4, 5));
        BecomesFree(_s.Transpose(y, 1, 0, 2));
    }

    [Fact]
    public void One_transpose_before_many_outputs_stays_before_them()
    {
        Node x = _s.ToLast(_s.Image(2, 3, 4));
        Graph graph = _s.Graph(_s.Add(new Tanh(), x), _s.Add(new Exp(), x), _s.Add(new Abs(), x));
        Assert.Equal(1, TransposeCount.Of(SinkTransposes.Run(graph)));
    }

    [Fact]
    public void A_carried_image_is_channels_last_in_every_iteration()
    {
        Node x = _s.Image(2, 3, 3);
        Node[] y = _s.Repeat(5, [x], [_s.Parameter("w", 5, 2, 2, 3, 3), _s.Parameter("b", 5, 2)], [], (body, i) =>
            [body.Add(new Add(), body.Relu(body.Convolution(i[0], i[1], i[2], 1)), i[0])]);
        Graph after = Meaning.After(SinkTransposes.Run, _s.Graph(y));
        Assert.Equal(2, TransposeCount.Of(after));
    }

    [Fact]
    public void Loops_within_loops_carry_the_layout_of_the_innermost()
    {
        Node x = _s.Image(2, 3, 3);
        Node weight = _s.Parameter("w", 2, 2, 3, 3);
        Node[] y = _s.Repeat(5, [x], [], [weight], (outer, i) =>
            [outer.Relu(outer.Repeat(4, [i[0]], [], [i[1]], (inner, j) => [inner.Convolution(j[0], j[1], null, 1)])[0])]);
        Assert.Equal(2, TransposeCount.Of(Meaning.After(SinkTransposes.Run, _s.Graph(y))));
    }

    [Fact]
    public void Slices_enter_and_collected_values_leave_a_loop_as_they_lie()
    {
        Node steps = _s.Transpose(_s.Input(3, Size.Batch, 2, 4), 0, 1, 3, 2);
        Node state = _s.Transpose(_s.Input(Size.Batch, 2, 4), 0, 2, 1);
        Node[] y = _s.Repeat(3, [state], [steps], [], (b, i) =>
        {
            Node next = b.Add(new Tanh(), b.Add(new Add(), i[0], i[1]));
            return [next, b.Add(new Exp(), next)];
        });
        BecomesFree(_s.Transpose(y[0], 0, 2, 1), _s.Transpose(y[1], 0, 1, 3, 2));
    }

    [Fact]
    public void A_loop_that_needs_the_layout_it_has_keeps_it()
    {
        Node x = _s.Input(Size.Batch, 3, 3, 2);
        Node[] y = _s.Repeat(5, [_s.ToFirst(x)], [], [], (b, i) => [b.Reshape(b.Add(new Tanh(), b.Reshape(i[0], Size.Batch, 3, 6)), Size.Batch, 2, 3, 3)]);
        Assert.Equal(1, TransposeCount.Of(Meaning.After(SinkTransposes.Run, _s.Graph(y))));
    }

    [Fact]
    public void A_transpose_of_axes_of_extent_one_is_a_reshape() =>
        Meaning.Becomes(UnitTransposes.Run, _s.Graph(_s.ToLast(_s.Image(1, 3, 4))), """
            %0 = input 0 x0 : f32[B,1,3,4]
            %1 = reshape %0  [B,3,4,1] : f32[B,3,4,1]
            return y0=%1
            """);

    private void BecomesFree(params Node[] outputs) =>
        Assert.Equal(0, TransposeCount.Of(Meaning.After(SinkTransposes.Run, _s.Graph(outputs))));
}
