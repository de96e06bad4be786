using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;
using DeepGen.Generator.Tests.Passes;

namespace DeepGen.Compiled.Tests.Graphs;

/// <summary>A Repeat with carried, sliced, shared and collected values, each of the input or of the weights.</summary>
internal static class LoopGraphs
{
    private const int Time = 5;

    public static IEnumerable<(string Name, Graph Graph)> Draw() =>
    [
        Case("a_power", s => s.Repeat(4, [s.Image(9)], [], [], (b, v) => [b.Add(new Multiply(), v[0], b.Number(0.5f, v[0].Shape))])),
        Case("once", s => s.Repeat(1, [s.Image(17)], [], [], (b, v) => [b.Add(new Tanh(), v[0])])),
        Case("two_values_that_change_places", s => s.Repeat(3, [s.Image(5), s.Image(5)], [], [], (b, v) => [v[1], b.Add(new Sigmoid(), v[0])])),
        Case("a_value_that_stays", s => s.Repeat(3, [s.Image(5), s.Image(6)], [], [], (b, v) => [v[0], b.Add(new Tanh(), v[1])])),
        Case("all_iterations_collected", s => s.Repeat(4, [s.Image(18)], [], [], (b, v) =>
        {
            Node next = b.Add(new Sigmoid(), v[0]);
            return [next, b.Add(new Add(), next, v[0])];
        })),
        Case("collected_without_a_carry", s => s.Repeat(Time, [], [s.Parameter("rows", Time, 7)], [s.Image(7)], (b, v) =>
            [b.Add(new Multiply(), b.Broadcast(v[0], v[1].Shape, 1), v[1])])),
        Case("the_carry_itself_collected", s => s.Repeat(3, [s.Image(4)], [], [], (b, v) => [b.Add(new Exp(), b.Add(new Negate(), v[0])), v[0]])),
        Case("weights_for_each_iteration", s => s.Repeat(3, [s.Image(20)], [s.Parameter("weight", 3, 20, 20), s.Parameter("bias", 3, 20)], [], (b, v) =>
            [b.Relu(b.Add(new Add(), b.Add(new MatMul(), v[0], v[1]), b.Broadcast(v[2], v[0].Shape, 1)))])),
        Case("weights_shared_by_iterations", s => s.Repeat(4, [s.Image(11)], [], [s.Parameter("weight", 11, 11)], (b, v) =>
            [b.Add(new Tanh(), b.Add(new MatMul(), v[0], v[1]))])),
        Case("slices_of_the_input", s => s.Repeat(Time, [s.Image(6)], [s.Transpose(s.Image(Time, 6), 1, 0, 2)], [], (b, v) =>
            [b.Add(new Tanh(), b.Add(new Add(), v[0], v[1])), b.Add(new Multiply(), v[0], v[1])])),
        Case("a_shared_activation", s => s.Repeat(3, [s.Image(8)], [], [s.Add(new Exp(), s.Image(8))], (b, v) =>
            [b.Add(new Divide(), v[0], v[1])])),
        Case("a_recurrent_layer", s => Recurrent(s, 9, 18)),
        Case("a_wide_recurrent_layer", s => Recurrent(s, 16, 32)),
        Case("its_states_in_order_into_a_layer", s =>
        {
            Node states = Recurrent(s, 4, 7)[1];
            return [s.Dense(s.Transpose(states, 1, 0, 2), "head", 3)];
        }),
        Case("a_loop_in_a_loop", s => s.Repeat(2, [s.Image(10)], [s.Parameter("weight", 2, 3, 10, 10)], [], (b, v) =>
        [
            b.Repeat(3, [v[0]], [v[1]], [], (c, w) => [c.Add(new Tanh(), c.Add(new MatMul(), w[0], w[1]))])[0],
        ])),
        Case("a_loop_in_a_loop_collecting", s => s.Repeat(2, [s.Image(3)], [s.Transpose(s.Image(2, 4, 3), 1, 0, 2, 3)], [], (b, v) =>
        {
            Node[] inner = b.Repeat(4, [v[0]], [b.Transpose(v[1], 1, 0, 2)], [v[0]], (c, w) =>
            {
                Node next = c.Add(new Tanh(), c.Add(new Add(), w[0], w[1]));
                return [next, c.Add(new Multiply(), next, w[2])];
            });
            return [inner[0], b.Add(new Negate(), inner[1])];
        })),
        Case("a_loop_over_what_a_loop_collected", s =>
        {
            Node[] first = s.Repeat(Time, [s.Image(7)], [], [], (b, v) => [b.Add(new Tanh(), v[0]), b.Add(new Exp(), v[0])]);
            return s.Repeat(Time, [first[0]], [first[1]], [], (b, v) => [b.Add(new Subtract(), v[0], v[1])]);
        }),
        Case("backwards_over_what_a_loop_collected", s =>
        {
            Node[] first = s.Repeat(Time, [s.Image(7)], [s.Parameter("weight", Time, 7, 7)], [], (b, v) => [b.Add(new MatMul(), v[0], v[1]), v[0]]);
            return s.Repeat(Time, [first[0]], [s.Add(new Reverse(0), first[1])], [], (b, v) => [b.Add(new Subtract(), v[0], v[1])]);
        }),
        Case("convolutions_in_a_loop", s => s.Repeat(3, [s.Image(4, 5, 6)], [s.Parameter("weight", 3, 4, 4, 3, 3), s.Parameter("bias", 3, 4)], [], (b, v) =>
            [b.Add(new Add(), v[0], b.Relu(b.Convolution(v[0], v[1], v[2], 1)))])),
        Case("a_reduction_in_a_loop", s => s.Repeat(3, [s.Image(3, 9)], [], [], (b, v) =>
        {
            Node mean = b.Add(new Reduce(Reduction.Max, EquatableArray.Of(2)), v[0]);
            return [b.Add(new Subtract(), v[0], b.Broadcast(mean, v[0].Shape, 0, 1)), mean];
        })),
        Case("a_lookup_in_a_loop", s => s.Repeat(3, [s.Image(9)], [s.Transpose(s.Indices(Size.Batch, 3), 1, 0)], [s.Parameter("table", 4, 9)], (b, v) =>
            [b.Add(new Add(), v[0], b.Add(new Gather(), v[2], v[1]))])),
        Case("three_deep", s => s.Repeat(2, [s.Image(6)], [], [], (b, v) =>
            b.Repeat(3, [v[0]], [], [v[0]], (c, w) =>
                c.Repeat(2, [w[0]], [], [w[1]], (d, u) => [d.Add(new Tanh(), d.Add(new Add(), u[0], u[1]))])))),
    ];

    /// <summary>h ← tanh(x·W + h·U + b), every state collected.</summary>
    private static Node[] Recurrent(Sketch s, int inputs, int units)
    {
        Node start = s.Number(0, Shape.Of(Size.Batch, units));
        Node[] shared = [s.Parameter("input", inputs, units), s.Parameter("state", units, units), s.Parameter("bias", units)];
        return s.Repeat(Time, [start], [s.Transpose(s.Image(Time, inputs), 1, 0, 2)], shared, (b, v) =>
        {
            Node sum = b.Add(new Add(), b.Add(new MatMul(), v[1], v[2]), b.Add(new MatMul(), v[0], v[3]));
            Node state = b.Add(new Tanh(), b.Add(new Add(), sum, b.Broadcast(v[4], sum.Shape, 1)));
            return [state, state];
        });
    }

    private static (string, Graph) Case(string name, Func<Sketch, Node[]> build)
    {
        var sketch = new Sketch();
        return (name, sketch.Graph(build(sketch)));
    }
}
