using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Tests.Passes;

public sealed class SimplifyTests
{
    private readonly Sketch _s = new();

    [Fact]
    public void Neutral_numbers_go()
    {
        Node x = _s.Image(3);
        Node one = _s.Number(1, x.Shape);
        Node zero = _s.Number(0, x.Shape);
        Node y = _s.Add(new Divide(), _s.Add(new Multiply(), _s.Add(new Subtract(), _s.Add(new Add(), zero, x), zero), one), one);
        Meaning.Becomes(Simplify.Run, _s.Graph(y), """
            %0 = input 0 x0 : f32[B,3]
            return y0=%0
            """);
    }

    [Fact]
    public void A_product_with_zero_stays_because_of_infinities()
    {
        Node x = _s.Image(3);
        Meaning.Becomes(Simplify.Run, _s.Graph(_s.Add(new Multiply(), x, _s.Number(0, x.Shape))), """
            %0 = input 0 x0 : f32[B,3]
            %1 = constant 0 : f32[]
            %2 = broadcast %1  [B,3] axes= : f32[B,3]
            %3 = multiply %0, %2 : f32[B,3]
            return y0=%3
            """);
    }

    [Fact]
    public void Signs_cancel()
    {
        Node x = _s.Image(3);
        Node y = _s.Image(3);
        Node minus = _s.Add(new Negate(), _s.Add(new Negate(), _s.Add(new Negate(), x)));
        Meaning.Becomes(Simplify.Run, _s.Graph(_s.Add(new Add(), y, minus), _s.Add(new Abs(), _s.Add(new Abs(), minus))), """
            %0 = input 0 x0 : f32[B,3]
            %1 = input 1 x1 : f32[B,3]
            %2 = subtract %1, %0 : f32[B,3]
            %3 = abs %0 : f32[B,3]
            return y0=%2, y1=%3
            """);
    }

    [Fact]
    public void Numbers_are_computed_once_and_for_all()
    {
        Node x = _s.Image(3);
        Node six = _s.Add(new Multiply(), _s.Number(2, x.Shape), _s.Reshape(_s.Number(3, Shape.Of(Size.Batch, 1, 3)), Size.Batch, 3));
        Node two = _s.Add(new Select(), _s.Number(1, x.Shape), _s.Number(2, x.Shape), x);
        Meaning.Becomes(Simplify.Run, _s.Graph(_s.Add(new Maximum(), x, six), two), """
            %0 = input 0 x0 : f32[B,3]
            %1 = constant 2 : f32[]
            %2 = broadcast %1  [B,3] axes= : f32[B,3]
            %3 = constant 6 : f32[]
            %4 = broadcast %3  [B,3] axes= : f32[B,3]
            %5 = maximum %0, %4 : f32[B,3]
            return y0=%5, y1=%2
            """);
    }

    [Fact]
    public void Tables_of_numbers_are_computed_too()
    {
        Node table = _s.Add(new Constant(Shape.Of(2, 2), EquatableArray.Of(1f, 2f, 3f, 4f)));
        Node x = _s.Image(2, 2);
        Node turned = _s.Add(new Sqrt(), _s.Add(new Multiply(), _s.Transpose(table, 1, 0), _s.Transpose(table, 1, 0)));
        Meaning.Becomes(Simplify.Run, _s.Graph(_s.Add(new Add(), x, _s.Broadcast(turned, x.Shape, 1, 2))), """
            %0 = input 0 x0 : f32[B,2,2]
            %1 = constant 1,3,2,4 : f32[2,2]
            %2 = broadcast %1  [B,2,2] axes=1,2 : f32[B,2,2]
            %3 = add %0, %2 : f32[B,2,2]
            return y0=%3
            """);
    }

    [Fact]
    public void Views_of_views_are_one_view()
    {
        Node x = _s.Image(4, 6);
        Node reshaped = _s.Reshape(_s.Reshape(x, Size.Batch, 2, 12), Size.Batch, 24);
        Node turned = _s.Transpose(_s.Transpose(x, 0, 2, 1), 1, 0, 2);
        Node spread = _s.Broadcast(_s.Broadcast(_s.Parameter("p", 3), Shape.Of(2, 3), 1), Shape.Of(2, 5, 3), 0, 2);
        Node sliced = _s.Add(new Slice(1, 1, 2, 1), _s.Add(new Slice(1, 0, 3, 1), x));
        Meaning.Becomes(Simplify.Run, _s.Graph(reshaped, turned, spread, sliced), """
            %0 = input 0 x0 : f32[B,4,6]
            %1 = reshape %0  [B,24] : f32[B,24]
            %2 = transpose %0  2,0,1 : f32[6,B,4]
            %3 = parameter p : f32[3]
            %4 = broadcast %3  [2,5,3] axes=2 : f32[2,5,3]
            %5 = slice %0  axis=1 start=1 length=2 step=1 : f32[B,2,6]
            return y0=%1, y1=%2, y2=%4, y3=%5
            """);
    }

    [Fact]
    public void Views_that_change_nothing_go()
    {
        Node x = _s.Image(4, 1);
        Node y = _s.Reshape(_s.Transpose(_s.Broadcast(x, x.Shape, 0, 1, 2), 0, 1, 2), Size.Batch, 4, 1);
        y = _s.Add(new Pad(EquatableArray.Of(0, 0, 0), EquatableArray.Of(0, 0, 0), 1), _s.Add(new Slice(1, 0, 4, 1), y));
        y = _s.Add(new Reverse(2), _s.Add(new Concat(1), _s.Transpose(_s.Transpose(y, 0, 2, 1), 0, 2, 1)));
        Node z = _s.Add(new Reduce(Reduction.Max, EquatableArray.Of(2)), y);
        Meaning.Becomes(Simplify.Run, _s.Graph(y, _s.Reshape(z, Size.Batch, 4, 1)), """
            %0 = input 0 x0 : f32[B,4,1]
            return y0=%0, y1=%0
            """);
    }

    [Fact]
    public void What_repeats_is_multiplied_instead_of_added_up()
    {
        Node x = _s.Broadcast(_s.Image(3), Shape.Of(Size.Batch, 5, 3, 7), 0, 2);
        Node every = _s.Add(new Reduce(Reduction.Sum, EquatableArray.Of(1, 3)), x);
        Node some = _s.Add(new Reduce(Reduction.Sum, EquatableArray.Of(1, 2)), x);
        Node greatest = _s.Add(new Reduce(Reduction.Max, EquatableArray.Of(2, 3)), x);
        Node samples = _s.Add(new Reduce(Reduction.Sum, EquatableArray.Of(0)), _s.Broadcast(_s.Parameter("p", 3), Shape.Of(Size.Batch, 3), 1));
        Meaning.Becomes(Simplify.Run, _s.Graph(every, some, greatest, samples), """
            %0 = input 0 x0 : f32[B,3]
            %1 = constant 35 : f32[]
            %2 = broadcast %1  [B,3] axes= : f32[B,3]
            %3 = multiply %0, %2 : f32[B,3]
            %4 = reduce %0  sum axes=1 : f32[B]
            %5 = constant 5 : f32[]
            %6 = broadcast %5  [B] axes= : f32[B]
            %7 = multiply %4, %6 : f32[B]
            %8 = broadcast %7  [B,7] axes=0 : f32[B,7]
            %9 = reduce %0  max axes=1 : f32[B]
            %10 = broadcast %9  [B,5] axes=0 : f32[B,5]
            %11 = parameter p : f32[3]
            %12 = broadcast %11  [B,3] axes=1 : f32[B,3]
            %13 = reduce %12  sum axes=0 : f32[3]
            return y0=%3, y1=%8, y2=%10, y3=%13
            """);
    }

    [Fact]
    public void Functions_are_applied_before_broadcasting()
    {
        Node x = _s.Image(2, 3);
        Node a = _s.Broadcast(_s.Parameter("a", 2), x.Shape, 1);
        Node b = _s.Broadcast(_s.Parameter("b", 2), x.Shape, 1);
        Node c = _s.Broadcast(_s.Reshape(_s.Parameter("c", 3), 3, 1), Shape.Of(3, 1, 2), 0, 1);
        Node sum = _s.Add(new Add(), _s.Add(new Multiply(), a, b), _s.Number(2, x.Shape));
        Meaning.Becomes(Simplify.Run, _s.Graph(_s.Add(new Add(), x, sum), _s.Reshape(_s.Add(new Tanh(), c), 3, 2)), """
            %0 = input 0 x0 : f32[B,2,3]
            %1 = parameter a : f32[2]
            %2 = parameter b : f32[2]
            %3 = parameter c : f32[3]
            %4 = multiply %1, %2 : f32[2]
            %5 = constant 2 : f32[]
            %6 = broadcast %5  [2] axes= : f32[2]
            %7 = add %4, %6 : f32[2]
            %8 = broadcast %7  [B,2,3] axes=1 : f32[B,2,3]
            %9 = add %0, %8 : f32[B,2,3]
            %10 = tanh %3 : f32[3]
            %11 = broadcast %10  [3,2] axes=0 : f32[3,2]
            return y0=%9, y1=%11
            """);
    }

    [Fact]
    public void A_slice_of_a_concatenation_reads_the_part_it_lies_in()
    {
        Node a = _s.Image(3);
        Node b = _s.Image(4);
        Node both = _s.Add(new Concat(1), a, b);
        Node inside = _s.Add(new Slice(1, 3, 2, 2), both);
        Node across = _s.Add(new Slice(1, 2, 2, 1), both);
        Meaning.Becomes(Simplify.Run, _s.Graph(inside, across, _s.Add(new Slice(1, 3, 4, 1), both)), """
            %0 = input 0 x0 : f32[B,3]
            %1 = input 1 x1 : f32[B,4]
            %2 = concat %0, %1  axis=1 : f32[B,7]
            %3 = slice %1  axis=1 start=0 length=2 step=2 : f32[B,2]
            %4 = slice %2  axis=1 start=2 length=2 step=1 : f32[B,2]
            return y0=%3, y1=%4, y2=%1
            """);
    }

    [Fact]
    public void A_clamp_applied_twice_is_applied_once() => Meaning.Becomes(Simplify.Run, _s.Graph(_s.Relu(_s.Relu(_s.Image(3)))), """
        %0 = input 0 x0 : f32[B,3]
        %1 = constant 0 : f32[]
        %2 = broadcast %1  [B,3] axes= : f32[B,3]
        %3 = maximum %0, %2 : f32[B,3]
        return y0=%3
        """);

    [Fact]
    public void Names_stay_with_their_values()
    {
        Node x = _s.Image(3);
        Node y = _s.Relu(_s.Add(new Add(), x, _s.Number(0, x.Shape)));
        y.Label = "relu";
        Assert.Equal("relu", Simplify.Run(_s.Graph(y)).Outputs[0].Node.Label);
    }
}
