using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;
using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

/// <summary>Attention against plain loops over heads, queries and keys.</summary>
public class AttentionTests
{
    [Theory]
    [InlineData(1, 5, 6, 0)]
    [InlineData(4, 7, 8, 0)]
    [InlineData(4, 7, 8, 1)]
    [InlineData(2, 1, 4, 1)]
    public void Attention_of_a_sequence_to_itself_is_PyTorchs(int heads, int length, int width, int causal)
    {
        var net = new Elaborated(Network([length, width], Layer("MultiHeadAttention", ("Heads", heads), ("Causal", causal))));
        Assert.Equal(["0.in_proj_weight", "0.in_proj_bias", "0.out_proj.weight", "0.out_proj.bias"], net.ParameterNames);
        Assert.Equal([3 * width, width], net["0.in_proj_weight"].Shape);
        Values x = net.Random(2, length, width);
        Values Part(int number) => Torch.Linear(x, Rows(net["0.in_proj_weight"], number * width, width), Rows(net["0.in_proj_bias"], number * width, width));
        Values y = Attend(Part(0), Part(1), Part(2), heads, heads, (_, i, j) => causal == 0 || j <= i);
        Torch.Linear(y, net["0.out_proj.weight"], net["0.out_proj.bias"]).AssertNear(net.Run(x));
    }

    [Fact]
    public void Heads_of_queries_can_share_heads_of_keys_and_values()
    {
        var net = new Elaborated(Network([6, 8], Layer("MultiHeadAttention", ("Heads", 4), ("KeyValueHeads", 2), ("Causal", 1), ("Bias", 0))));
        Assert.Equal(["0.q_proj.weight", "0.k_proj.weight", "0.v_proj.weight", "0.o_proj.weight"], net.ParameterNames);
        Assert.Equal([4, 8], net["0.k_proj.weight"].Shape);
        Values x = net.Random(3, 6, 8);
        Values Of(string name) => Torch.Linear(x, net[$"0.{name}.weight"], null);
        Values y = Attend(Of("q_proj"), Of("k_proj"), Of("v_proj"), 4, 2, (_, i, j) => j <= i);
        Torch.Linear(y, net["0.o_proj.weight"], null).AssertNear(net.Run(x));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Queries_and_keys_are_turned_by_their_positions(int pairing)
    {
        var net = new Elaborated(Network([5, 8], Layer("MultiHeadAttention", ("Heads", 2), ("Rotary", pairing), ("RotaryBase", 100), ("Separate", 1))));
        Values x = net.Random(2, 5, 8);
        Values Of(string name) => Torch.Linear(x, net[$"0.{name}.weight"], net[$"0.{name}.bias"]);
        Values Turn(Values v) => Values.From(v.Shape, at =>
        {
            (int k, int head) = (at[2] % 4, at[2] / 4 * 4);
            int frequency = pairing == 1 ? k % 2 : k / 2;
            bool isFirst = pairing == 1 ? k < 2 : k % 2 == 0;
            int other = pairing == 1 ? head + ((k + 2) % 4) : head + (k ^ 1);
            double angle = at[1] * Math.Pow(100, -frequency / 2.0);
            return (v[at] * Math.Cos(angle)) + ((isFirst ? -1 : 1) * v[at[0], at[1], other] * Math.Sin(angle));
        });
        Values y = Attend(Turn(Of("q_proj")), Turn(Of("k_proj")), Of("v_proj"), 2, 2, (_, _, _) => true);
        Torch.Linear(y, net["0.o_proj.weight"], net["0.o_proj.bias"]).AssertNear(net.Run(x));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(5)]
    public void Keys_and_values_can_come_from_a_memory_and_a_mask_leave_some_out(int memoryWidth)
    {
        var module = new ModuleWriter("Net");
        int query = module.Input("query", 4, 8), memory = module.Input("memory", 6, memoryWidth), keys = module.Input("keys", 6);
        int attend = module.Member("attend", Layer("MultiHeadAttention", ("Heads", 2), ("Masking", 1)));
        var net = new Elaborated(module.Output("output", module.Call(attend, query, memory, keys)).Network());
        Values x = net.Random(2, 4, 8), m = net.Random(2, 6, memoryWidth), mask = Values.From([2, 6], at => at[0] == 0 ? 1 : at[1] % 2);
        bool isOne = memoryWidth == 8;
        Values Weight(int number, string letter) => isOne ? Rows(net["attend.in_proj_weight"], number * 8, 8) : net[$"attend.{letter}_proj_weight"];
        Values Bias(int number) => Rows(net["attend.in_proj_bias"], number * 8, 8);
        Values y = Attend(
            Torch.Linear(x, Weight(0, "q"), Bias(0)), Torch.Linear(m, Weight(1, "k"), Bias(1)), Torch.Linear(m, Weight(2, "v"), Bias(2)), 2, 2, (b, _, j) => mask[b, j] != 0);
        Torch.Linear(y, net["attend.out_proj.weight"], net["attend.out_proj.bias"]).AssertNear(net.Run(x, m, mask));
    }

    [Fact]
    public void A_length_leaves_out_the_keys_behind_it_and_nothing_comes_of_no_key_at_all()
    {
        var module = new ModuleWriter("Net");
        int input = module.Input("input", 5, 4), length = module.Input("length", 1);
        int attend = module.Member("attend", Layer("MultiHeadAttention", ("Heads", 2), ("Masking", 2), ("Causal", 1)));
        var net = new Elaborated(module.Output("output", module.Call(attend, input, length)).Network());
        Values x = net.Random(3, 5, 4), lengths = new([3, 1], [3, 5, 0]);
        Values Part(int number) => Torch.Linear(x, Rows(net["attend.in_proj_weight"], number * 4, 4), Rows(net["attend.in_proj_bias"], number * 4, 4));
        Values y = Attend(Part(0), Part(1), Part(2), 2, 2, (b, i, j) => j <= i && j < lengths.Data[b]);
        Torch.Linear(y, net["attend.out_proj.weight"], net["attend.out_proj.bias"]).AssertNear(net.Run(x, lengths));
    }

    [Fact]
    public void An_embedding_is_a_choice_of_rows_and_its_weight_can_score_them()
    {
        var tied = new LayerSpec("Tied", EquatableArray.Of(new ArgumentSpec("Layer", EquatableArray<double>.Empty, "0")), null);
        var net = new Elaborated(Network([6], Layer("Embedding", ("Vocabulary", 9), ("Size", 4)), Layer("LearnedPositions", ("Longest", 7)), tied));
        Assert.Equal(["0.weight", "1.weight"], net.ParameterNames);
        Assert.Equal(ElementType.Int32, net.Forward.Inputs[0].Type.Element);
        Values ids = Values.From([2, 6], at => ((5 * at[0]) + (2 * at[1])) % 9);
        Values x = Values.From([2, 6, 4], at => net["0.weight"][(int)ids[at[0], at[1]], at[2]] + net["1.weight"][at[1], at[2]]);
        Torch.Linear(x, net["0.weight"], null).AssertNear(net.Run(ids));
    }

    [Fact]
    public void Sinusoids_are_added_by_position()
    {
        var net = new Elaborated(Network([5, 6], Layer("SinusoidalPositions")));
        Values x = net.Random(2, 5, 6);
        Values.From([2, 5, 6], at =>
        {
            double angle = at[1] / Math.Pow(10000, at[2] / 2 * 2 / 6.0);
            return x[at] + (at[2] % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
        }).AssertNear(net.Run(x));
    }

    [Fact]
    public void RmsNorm_divides_by_the_root_of_the_mean_square()
    {
        var net = new Elaborated(Network([3, 5], Layer("RmsNorm")));
        Values x = net.Random(2, 3, 5);
        Values.From(x.Shape, at =>
        {
            double mean = Enumerable.Range(0, 5).Average(k => Math.Pow(x[at[0], at[1], k], 2));
            return x[at] / Math.Sqrt(mean + 1e-5) * net["0.weight"][at[2]];
        }).AssertNear(net.Run(x));
    }

    [Fact]
    public void SwiGlu_gates_one_product_by_another()
    {
        var net = new Elaborated(Network([3, 5], Layer("SwiGlu", ("Hidden", 7))));
        Values x = net.Random(2, 3, 5);
        Values gate = Torch.Linear(x, net["0.gate_proj.weight"], null).Map(v => v / (1 + Math.Exp(-v)));
        Values up = Torch.Linear(x, net["0.up_proj.weight"], null);
        Torch.Linear(Values.From(up.Shape, at => gate[at] * up[at]), net["0.down_proj.weight"], null).AssertNear(net.Run(x));
    }

    public static TheoryData<int[], object, string, string, string[]> Findings => new()
    {
        { [6, 8], Layer("MultiHeadAttention", ("Heads", 3)), "DG0023", "member:0/Heads", ["Heads", "3", "a divisor of 8, the size of each element"] },
        { [6, 8], Layer("MultiHeadAttention", ("Heads", 4), ("KeyValueHeads", 3)), "DG0023", "member:0/KeyValueHeads", ["KeyValueHeads", "3", "a divisor of 4, the number of heads"] },
        { [6, 3], Layer("MultiHeadAttention", ("Heads", 1), ("Rotary", 1)), "DG0022", "member:0/Rotary", ["MultiHeadAttention", "a head of 3 cannot be turned in pairs"] },
        { [8], Layer("MultiHeadAttention", ("Heads", 2)), "DG0016", "step:1", ["MultiHeadAttention", "a sequence", "a vector of 8"] },
        { [6, 8], Layer("LearnedPositions", ("Longest", 5)), "DG0023", "member:0/Longest", ["Longest", "5", "at least 6, the length of the sequence"] },
        { [6, 7], Layer("SinusoidalPositions"), "DG0016", "step:1", ["SinusoidalPositions", "a sequence of vectors of even size", "a sequence of 6 by 7"] },
    };

    [Theory]
    [MemberData(nameof(Findings))]
    public void What_does_not_fit_is_said(int[] shape, object layer, string id, string place, string[] words)
    {
        Finding finding = Assert.Single(Elaborator.Elaborate(Network(shape, (LayerSpec)layer)).Findings);
        Assert.Equal((id, $"Net/{place}", string.Join("|", words)), (finding.Id, finding.Place, string.Join("|", finding.Arguments)));
    }

    [Fact]
    public void Ids_are_not_computed_with()
    {
        var module = new ModuleWriter("Net");
        int ids = module.Input("ids", 4);
        int rows = module.Call(module.Member("rows", Layer("Embedding", ("Vocabulary", 3), ("Size", 4))), ids);
        module.Op("Flatten", rows);
        int squared = module.Op("Multiply", ids, ids);
        Finding finding = Assert.Single(Elaborator.Elaborate(module.Output("rows", rows).Output("squared", squared).Network()).Findings);
        Assert.Equal(("DG0016", "Multiply"), (finding.Id, finding.Arguments[0]));
    }

    private static Values Rows(Values x, int first, int count) =>
        Values.From([count, .. x.Shape.Skip(1)], at => x[[first + at[0], .. at.Skip(1)]]);

    /// <summary>softmax(q kᵀ / √n) v over the keys that count; zero where none does.</summary>
    private static Values Attend(Values q, Values k, Values v, int heads, int groups, Func<int, int, int, bool> counts)
    {
        int size = q.Shape[2] / heads;
        return Values.From(q.Shape, at =>
        {
            int head = at[2] / size, group = head / (heads / groups);
            double top = 0, bottom = 0;
            for (int j = 0; j < k.Shape[1]; j++)
            {
                if (counts(at[0], at[1], j))
                {
                    double weight = Math.Exp(Enumerable.Range(0, size).Sum(n => q[at[0], at[1], (head * size) + n] * k[at[0], j, (group * size) + n]) / Math.Sqrt(size));
                    top += weight * v[at[0], j, (group * size) + (at[2] % size)];
                    bottom += weight;
                }
            }

            return bottom == 0 ? 0 : top / bottom;
        });
    }
}
