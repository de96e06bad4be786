using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;
using DeepGen.Generator.Tests.Passes;

namespace DeepGen.Compiled.Tests.Graphs;

/// <summary>Graphs of what no layer asks for yet: lookups, products of activations, loops of every form.</summary>
internal static class HandBuilt
{
    public static IReadOnlyDictionary<string, Graph> Graphs { get; } = Draw().ToDictionary(g => g.Name, g => g.Graph);

    private static IEnumerable<(string Name, Graph Graph)> Draw() => [.. Moves(), .. Borders(), .. Products(), .. Reductions(), .. TileGraphs.Draw(), .. LoopGraphs.Draw(), .. Thresholds(), .. Rows()];

    private static (string, Graph) Case(string name, Func<Sketch, Node> build)
    {
        var sketch = new Sketch();
        return (name, sketch.Graph(build(sketch)));
    }

    private static IEnumerable<(string, Graph)> Moves() =>
    [
        Case("rows_of_a_learned_table", s => s.Add(new Gather(), s.Parameter("table", 5, 7), s.Indices(Size.Batch, 4))),
        Case("one_row_for_each_sample", s => s.Add(new Gather(), s.Parameter("table", 3, 33), s.Indices(Size.Batch))),
        Case("single_numbers_of_a_table", s => s.Add(new Gather(), s.Parameter("table", 9), s.Indices(Size.Batch, 5))),
        Case("matrices_of_a_table", s => s.Add(new Gather(), s.Parameter("table", 4, 3, 5), s.Indices(Size.Batch, 2, 3))),
        Case("a_lookup_then_a_layer", s =>
        {
            Node rows = s.Add(new Gather(), s.Parameter("table", 6, 20), s.Indices(Size.Batch, 4));
            return s.Relu(s.Dense(s.Add(new Add(), rows, s.Broadcast(s.Parameter("position", 4, 20), rows.Shape, 1, 2)), "dense", 9));
        }),
        Case("padding_of_every_axis", s => s.Add(new Pad(EquatableArray.Of(0, 1, 0, 2), EquatableArray.Of(0, 2, 3, 0), -1.5f), s.Image(3, 5, 4))),
        Case("padding_with_zeros_before_a_product", s => s.Dense(s.Add(new Pad(EquatableArray.Of(0, 3), EquatableArray.Of(0, 4), 0), s.Image(10)), "dense", 5)),
        Case("padding_a_result", s => s.Add(new Pad(EquatableArray.Of(0, 0, 2), EquatableArray.Of(0, 0, 1), 0.5f), s.Add(new Tanh(), s.Image(3, 17)))),
        Case("reversed_vectors", s => s.Add(new Reverse(1), s.Image(19))),
        Case("reversed_time", s => s.Add(new Exp(), s.Add(new Reverse(1), s.Image(6, 17)))),
        Case("reversed_channels_into_a_product", s => s.Dense(s.Add(new Reverse(2), s.Image(4, 21)), "dense", 18)),
        Case("reversed_rows_of_a_weight", s =>
        {
            Node x = s.Image(8);
            return s.Add(new MatMul(), x, s.Add(new Reverse(0), s.Parameter("weight", 8, 11)));
        }),
        Case("every_second", s => s.Add(new Slice(1, 1, 9, 2), s.Image(19))),
        Case("every_third_row", s => s.Add(new Sigmoid(), s.Add(new Slice(1, 0, 3, 3), s.Image(8, 18)))),
        Case("a_slice_into_a_product", s => s.Dense(s.Add(new Slice(2, 3, 5, 2), s.Image(4, 16)), "dense", 6)),
        Case("a_slice_of_a_product", s => s.Add(new Slice(1, 2, 5, 3), s.Dense(s.Image(6), "dense", 16))),
        Case("a_slice_of_a_weight", s =>
        {
            Node x = s.Image(5);
            return s.Add(new MatMul(), x, s.Add(new Slice(0, 1, 5, 2), s.Parameter("weight", 11, 20)));
        }),
        Case("halves_swapped", s =>
        {
            Node x = s.Image(3, 10);
            return s.Add(new Concat(2), s.Add(new Slice(2, 5, 5, 1), x), s.Add(new Negate(), s.Add(new Slice(2, 0, 5, 1), x)));
        }),
        Case("the_larger_where_less", s =>
        {
            (Node a, Node b) = (s.Image(3, 21), s.Image(3, 21));
            return s.Add(new Select(), s.Add(new Compare(Comparison.Less), a, b), s.Add(new Exp(), a), s.Add(new Negate(), b));
        }),
        Case("zeros_and_ones", s => s.Add(new Compare(Comparison.LessOrEqual), s.Image(35), s.Number(0.25f, Shape.Of(Size.Batch, 35)))),
        Case("equal_to_itself", s =>
        {
            Node x = s.Image(13);
            Node largest = s.Add(new Reduce(Reduction.Max, EquatableArray.Of(1)), x);
            return s.Add(new Compare(Comparison.Equal), x, s.Broadcast(largest, x.Shape, 0));
        }),
        Case("a_causal_mask", s =>
        {
            Node x = s.Image(5, 5);
            Node mask = s.Add(new Constant(Shape.Of(5, 5), Enumerable.Range(0, 25).Select(i => i % 5 > i / 5 ? 1f : 0f).ToEquatable()));
            return s.Add(new Select(), s.Broadcast(mask, x.Shape, 1, 2), s.Number(-1e4f, x.Shape), x);
        }),
    ];

    /// <summary>Each reads over the edges of an image that is part of another one, whose border has other values or another size.</summary>
    private static IEnumerable<(string, Graph)> Borders()
    {
        (string, Graph) Both(string name, Func<Sketch, Node, Node> part) => Case("convolutions_of_an_image_and_" + name, s =>
        {
            Node x = s.Add(new Tanh(), s.Image(3, 6, 6));
            Node whole = s.Convolution(x, s.Parameter("whole", 4, 3, 3, 3), null, 1);
            Node other = s.Convolution(part(s, x), s.Parameter("part", 4, 3, 5, 5), null, 2);
            return s.Add(new Concat(1), s.Flatten(whole), s.Flatten(other));
        });
        yield return Both("its_upper_half", (s, x) => s.Add(new Slice(2, 0, 3, 1), x));
        yield return Both("every_other_row", (s, x) => s.Add(new Slice(2, 0, 3, 2), x));
        yield return Both("its_mirror_image", (s, x) => s.Add(new Reverse(3), x));
        yield return Both("its_transpose", (s, x) => s.Transpose(x, 0, 1, 3, 2));
        yield return Both("its_values_in_another_shape", (s, x) => s.Reshape(x, Size.Batch, 3, 4, 9));
        yield return Both("itself", (_, x) => x);
    }

    private static IEnumerable<(string, Graph)> Products()
    {
        foreach ((int heads, int rows, int depth, int columns) in new[] { (1, 1, 1, 1), (2, 3, 5, 4), (3, 7, 16, 17), (4, 13, 8, 33), (1, 31, 3, 64) })
        {
            yield return Case($"batched_{heads}_{rows}x{depth}x{columns}", s => s.Add(new MatMul(), s.Image(heads, rows, depth), s.Image(heads, depth, columns)));
            yield return Case($"batched_transposed_{heads}_{rows}x{depth}x{columns}", s =>
                s.Add(new MatMul(), s.Image(heads, rows, depth), s.Transpose(s.Image(heads, columns, depth), 0, 1, 3, 2)));
        }

        yield return Case("gram", s =>
        {
            Node x = s.Add(new Tanh(), s.Image(6, 19));
            return s.Add(new MatMul(), x, s.Transpose(x, 0, 2, 1));
        });
        yield return Case("scaled_and_shifted", s =>
        {
            Node y = s.Add(new MatMul(), s.Image(5, 12), s.Image(12, 18));
            return s.Relu(s.Add(new Add(), s.Add(new Multiply(), y, s.Number(0.3f, y.Shape)), s.Image(5, 18)));
        });
        yield return Case("outer_product", s => s.Add(new MatMul(), s.Image(9, 1), s.Image(1, 20)));
        yield return Case("of_one_row", s => s.Add(new MatMul(), s.Image(1, 30), s.Image(30, 5)));
        yield return Case("attention", Attention);
        yield return Case("a_weight_for_each_head", s =>
        {
            Node x = s.Image(3, 4, 10);
            return s.Add(new MatMul(), x, s.Broadcast(s.Parameter("weight", 3, 10, 18), Shape.Of(Size.Batch, 3, 10, 18), 1, 2, 3));
        });
        yield return Case("a_parameter_on_the_left", s =>
        {
            Node x = s.Image(7, 18);
            return s.Add(new MatMul(), s.Broadcast(s.Parameter("mix", 5, 7), Shape.Of(Size.Batch, 5, 7), 1, 2), x);
        });
    }

    /// <summary>Products with a factor of which three quarters are zero, in several pieces and tiles, none of them full.</summary>
    private static IEnumerable<(string, Graph)> Thresholds()
    {
        static Node Above(Sketch s, float threshold, Node x) => s.Relu(s.Add(new Add(), x, s.Number(-threshold, x.Shape)));
        yield return Case("what_is_above_thresholds", s =>
        {
            Node first = Above(s, 3, s.Dense(s.Image(203), "first", 300));
            Node second = Above(s, 8, s.Dense(first, "second", 257));
            return s.Add(new Add(), s.Dense(second, "third", 272), s.Image(272));
        });
        yield return Case("rows_above_a_threshold", s => s.Dense(Above(s, 0.5f, s.Image(40, 100)), "dense", 261));
        yield return Case("what_is_above_in_another_order", s =>
        {
            Node above = Above(s, 0.5f, s.Image(100, 40));
            return s.Add(new MatMul(), s.Transpose(above, 0, 2, 1), s.Parameter("weight", 100, 257));
        });
    }

    /// <summary>softmax(q·kᵀ / √d)·v with two heads, the heads split from one product's columns.</summary>
    private static Node Attention(Sketch s)
    {
        const int Time = 7, Heads = 2, Width = 9;
        Node x = s.Image(Time, 12);
        Node Split(string name) => s.Transpose(s.Reshape(s.Dense(x, name, Heads * Width), Size.Batch, Time, Heads, Width), 0, 2, 1, 3);
        (Node q, Node k, Node v) = (Split("q"), Split("k"), Split("v"));
        Node scores = s.Add(new MatMul(), q, s.Transpose(k, 0, 1, 3, 2));
        scores = s.Add(new Multiply(), scores, s.Number(1 / 3f, scores.Shape));
        Node mixed = s.Add(new MatMul(), Softmax(s, scores), v);
        return s.Dense(s.Reshape(s.Transpose(mixed, 0, 2, 1, 3), Size.Batch, Time, Heads * Width), "out", 12);
    }

    private static IEnumerable<(string, Graph)> Reductions()
    {
        int[][] subsets = [[], [1], [2], [3], [1, 2], [1, 3], [2, 3], [1, 2, 3]];
        foreach (int[] axes in subsets)
        {
            foreach (Reduction kind in new[] { Reduction.Sum, Reduction.Max })
            {
                string name = $"{kind}_over_{string.Join("_", axes)}";
                yield return Case(name, s => s.Add(new Reduce(kind, axes.ToEquatable()), s.Image(3, 17, 5)));
                yield return Case("scaled_" + name, s =>
                {
                    Node y = s.Add(new Reduce(kind, axes.ToEquatable()), s.Add(new Sigmoid(), s.Transpose(s.Image(18, 2, 3), 0, 2, 3, 1)));
                    return s.Add(new Multiply(), y, s.Number(0.7f, y.Shape));
                });
            }
        }
    }

    /// <summary>What goes through the same rows several times: short ones are one kernel, and what a step has made of a row may be all that others read.</summary>
    private static IEnumerable<(string, Graph)> Rows()
    {
        foreach (int length in new[] { 2, 8, 9, 16, 17, 40, 128, 129 })
        {
            yield return Case($"a_softmax_of_{length}", s => Softmax(s, s.Image(length)));
            yield return Case($"softmaxes_of_{length}", s => Softmax(s, s.Image(3, length)));
            yield return Case($"deviations_of_{length}_by_the_largest", s =>
            {
                Node x = s.Image(2, 3, length);
                Node deviation = s.Add(new Subtract(), x, Along(s, Reduction.Max, x));
                Node squares = Along(s, Reduction.Sum, s.Add(new Multiply(), deviation, deviation));
                return s.Add(new Divide(), deviation, s.Add(new Exp(), s.Add(new Multiply(), squares, s.Number(0.01f, x.Shape))));
            });
        }

        yield return Case("the_row_of_another_position", s =>
        {
            Node y = Softmax(s, s.Image(5, 12));
            return s.Add(new Multiply(), y, Along(s, Reduction.Sum, s.Add(new Add(), y, s.Add(new Exp(), s.Add(new Reverse(1), y)))));
        });
        yield return Case("what_rows_leave_to_a_product", s =>
        {
            Node y = Softmax(s, s.Image(4, 20));
            return s.Add(new Add(), s.Dense(y, "dense", 20), Along(s, Reduction.Max, y));
        });
    }

    private static Node Softmax(Sketch s, Node x)
    {
        Node e = s.Add(new Exp(), s.Add(new Subtract(), x, Along(s, Reduction.Max, x)));
        return s.Add(new Divide(), e, Along(s, Reduction.Sum, e));
    }

    /// <summary>The sum or maximum of each row, in all places of the row.</summary>
    private static Node Along(Sketch s, Reduction kind, Node x)
    {
        int last = x.Shape.Rank - 1;
        return s.Broadcast(s.Add(new Reduce(kind, EquatableArray.Of(last)), x), x.Shape, [.. Enumerable.Range(0, last)]);
    }
}
