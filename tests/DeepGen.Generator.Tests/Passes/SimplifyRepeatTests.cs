using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Generator.Tests.Passes;

public sealed class SimplifyRepeatTests
{
    private readonly Sketch _s = new();

    [Fact]
    public void A_value_carried_unchanged_is_shared()
    {
        Node x = _s.Image(3);
        Node k = _s.Image(3);
        Node[] y = _s.Repeat(4, [x, k], [], [], (b, i) => [b.Add(new Add(), i[0], i[1]), i[1]]);
        Meaning.Becomes(Simplify.Run, _s.Graph(y), """
            %0 = input 0 x0 : f32[B,3]
            %1 = input 1 x1 : f32[B,3]
            %2 = repeat %0, %1  count=4 carried=1 sliced=0 collected=0 : f32[B,3]
                %0 = input 0 x0 : f32[B,3]
                %1 = input 1 x1 : f32[B,3]
                %2 = add %0, %1 : f32[B,3]
                return y0=%2
            %3 = item %2  0 : f32[B,3]
            return y0=%3, y1=%1
            """);
    }

    [Fact]
    public void What_no_result_depends_on_is_dropped()
    {
        Node x = _s.Image(3);
        Node slab = _s.Parameter("slab", 4, 3);
        Node[] y = _s.Repeat(4, [x, x, x], [slab, slab], [x], (b, i) =>
        [
            b.Add(new Tanh(), i[1]),
            b.Add(new Sigmoid(), i[0]),
            b.Add(new Exp(), b.Add(new Add(), i[2], i[5])),
            b.Add(new Multiply(), i[3], i[4]),
            i[0],
        ]);
        Meaning.Becomes(Simplify.Run, _s.Graph(y[0], y[3]), """
            %0 = input 0 x0 : f32[B,3]
            %1 = parameter slab : f32[4,3]
            %2 = repeat %0, %0, %1  count=4 carried=2 sliced=1 collected=1 : f32[B,3], f32[B,3], f32[4,3]
                %0 = input 0 x0 : f32[B,3]
                %1 = input 1 x1 : f32[B,3]
                %2 = input 2 x3 : f32[3]
                %3 = tanh %1 : f32[B,3]
                %4 = sigmoid %0 : f32[B,3]
                %5 = multiply %2, %2 : f32[3]
                return y0=%3, y1=%4, y3=%5
            %3 = item %2  0 : f32[B,3]
            %4 = item %2  2 : f32[4,3]
            return y0=%3, y1=%4
            """);
    }

    [Fact]
    public void A_number_handed_into_a_loop_is_a_number_inside()
    {
        Node x = _s.Image(3);
        Node[] y = _s.Repeat(4, [x], [_s.Number(2, Shape.Of(4, 3))], [_s.Number(1, x.Shape)], (b, i) =>
            [b.Add(new Multiply(), b.Add(new Multiply(), i[0], i[2]), b.Broadcast(i[1], i[0].Shape, 1))]);
        Meaning.Becomes(Simplify.Run, _s.Graph(y), """
            %0 = input 0 x0 : f32[B,3]
            %1 = repeat %0  count=4 carried=1 sliced=0 collected=0 : f32[B,3]
                %0 = input 0 x0 : f32[B,3]
                %1 = constant 2 : f32[]
                %2 = broadcast %1  [B,3] axes= : f32[B,3]
                %3 = multiply %0, %2 : f32[B,3]
                return y0=%3
            %2 = item %1  0 : f32[B,3]
            return y0=%2
            """);
    }

    [Fact]
    public void A_loop_that_does_nothing_is_gone()
    {
        Node x = _s.Image(3);
        Node[] y = _s.Repeat(4, [x], [], [], (b, i) => [b.Add(new Negate(), b.Add(new Negate(), i[0]))]);
        Meaning.Becomes(Simplify.Run, _s.Graph(y), """
            %0 = input 0 x0 : f32[B,3]
            return y0=%0
            """);
    }

    [Fact]
    public void Loops_within_loops_are_simplified()
    {
        Node x = _s.Image(3);
        Node[] y = _s.Repeat(2, [x], [], [x], (b, i) =>
            [b.Repeat(3, [i[0], i[1]], [], [], (c, j) => [c.Add(new Tanh(), c.Add(new Add(), j[0], c.Number(0, j[0].Shape))), j[1]])[0]]);
        Meaning.Becomes(Simplify.Run, _s.Graph(y), """
            %0 = input 0 x0 : f32[B,3]
            %1 = repeat %0  count=2 carried=1 sliced=0 collected=0 : f32[B,3]
                %0 = input 0 x0 : f32[B,3]
                %1 = repeat %0  count=3 carried=1 sliced=0 collected=0 : f32[B,3]
                    %0 = input 0 x0 : f32[B,3]
                    %1 = tanh %0 : f32[B,3]
                    return y0=%1
                %2 = item %1  0 : f32[B,3]
                return y0=%2
            %2 = item %1  0 : f32[B,3]
            return y0=%2
            """);
    }
}
