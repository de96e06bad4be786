using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

/// <summary>The formulas of PyTorch's documentation of RNN, GRU and LSTM, step by step in plain loops.</summary>
public class RecurrentTests
{
    private const int Steps = 5, Inputs = 3, Units = 4, Batch = 2;

    public static TheoryData<string, int, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, bool, bool>();
            foreach (string kind in new[] { "Rnn", "Rnn relu", "Gru", "Lstm" })
            {
                foreach ((int layers, bool both, bool last) in new[] { (1, false, false), (1, false, true), (1, true, false), (3, true, true), (2, false, false) })
                {
                    cases.Add(kind, layers, both, last);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_recurrent_layer_is_PyTorchs(string kind, int layers, bool both, bool last)
    {
        var net = new Elaborated(Network([Steps, Inputs], Recurrent(kind, layers, both, last)));
        Values x = net.Random(Batch, Steps, Inputs);
        (Values All, Values End) y = (x, x);
        for (int layer = 0; layer < layers; layer++)
        {
            var there = Run(net, kind, y.All, $"_l{layer}", isBack: false);
            var back = both ? Run(net, kind, y.All, $"_l{layer}_reverse", isBack: true) : there;
            y = both ? (Join(there.All, back.All), Join(there.End, back.End)) : (there.All, there.End);
        }

        (last ? y.End : y.All).AssertNear(net.Run(x));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void States_go_in_and_come_out_as_PyTorchs(string kind, int layers, bool both, bool last)
    {
        int loops = layers * (both ? 2 : 1), states = kind == "Lstm" ? 2 : 1;
        int[] shape = loops == 1 ? [Units] : [loops, Units];
        var module = new ModuleWriter("Net");
        int[] inputs = [module.Input("x", Steps, Inputs), .. Enumerable.Range(0, states).Select(i => module.Input($"s{i}", shape))];
        int call = module.Call(module.Member("0", Recurrent(kind, layers, both, last)), inputs);
        int[] others = module.Results(call, 1 + states);
        module.Output("y", call);
        foreach (int i in Enumerable.Range(0, states))
        {
            module.Output($"last{i}", others[i]);
        }

        var net = new Elaborated(module.Network());
        Values x = net.Random(Batch, Steps, Inputs);
        Values[] given = [.. Enumerable.Range(0, states).Select(_ => net.Random([Batch, .. shape]))];
        Values[] ended = [.. given.Select(g => Values.Zeros(g.Shape))];
        (Values All, Values End) y = (x, x);
        for (int loop = 0; loop < loops; loop++)
        {
            // A layer with two directions is two loops over what the layer before has given.
            Values row = y.All;
            var there = Next(row, loop, "");
            var back = both ? Next(row, ++loop, "_reverse") : there;
            y = both ? (Join(there.All, back.All), Join(there.End, back.End)) : there;
        }

        Values[] actual = net.RunAll([x, .. given]);
        (last ? y.End : y.All).AssertNear(actual[0]);
        Assert.All(Enumerable.Range(0, states), k => ended[k].AssertNear(actual[1 + k]));

        (Values All, Values End) Next(Values row, int loop, string suffix)
        {
            double[][][] begin = [.. given.Select(g => Enumerable.Range(0, Batch).Select(n => Enumerable.Range(0, Units).Select(j => g[At(n, loop, j)]).ToArray()).ToArray())];
            var result = Run(net, kind, row, $"_l{(both ? loop / 2 : loop)}{suffix}", suffix.Length > 0, begin);
            for (int k = 0; k < states; k++)
            {
                for (int i = 0; i < Batch * Units; i++)
                {
                    ended[k][At(i / Units, loop, i % Units)] = result.States[k][i / Units][i % Units];
                }
            }

            return (result.All, result.End);
        }

        int[] At(int n, int loop, int j) => loops == 1 ? [n, j] : [n, loop, j];
    }

    [Fact]
    public void A_learnt_state_is_the_same_for_every_sample()
    {
        ModuleWriter Begun(Func<ModuleWriter, int> state)
        {
            var module = new ModuleWriter("Net");
            int x = module.Input("x", Steps, Inputs);
            return module.Output("y", module.Call(module.Member("0", Recurrent("Gru", 1, false, false)), x, state(module)));
        }

        var net = new Elaborated(Begun(m => m.Call(m.Member("start", ListLayer("Learned", "Shape", Units)))).Network());
        var given = new Elaborated(Begun(m => m.Input("h", Units)).Network());
        Assert.Equal([Units], net["start.weight"].Shape);
        Assert.Equal(Initializer.Zeros, net.Elaboration.Parameters.Single(p => p.Path == "start.weight").Kind);
        foreach (string name in given.ParameterNames)
        {
            given.Take(name, net[name]);
        }

        Values x = net.Random(Batch, Steps, Inputs);
        given.Run(x, Values.From([Batch, Units], i => net["start.weight"][i[1]])).AssertNear(net.Run(x));
    }

    [Theory]
    [InlineData(new[] { 3, 0 }, "DG0005", "0")]
    [InlineData(new int[0], "DG0023", "empty")]
    public void A_learnt_tensor_has_sizes(int[] sizes, string id, string given)
    {
        var module = new ModuleWriter("Net");
        module.Input("x", 3);
        module.Output("y", module.Call(module.Member("start", ListLayer("Learned", "Shape", sizes))));
        var finding = Assert.Single(Elaborator.Elaborate(module.Network()).Findings);
        Assert.Equal((id, "Shape", given), (finding.Id, finding.Arguments[0], finding.Arguments[1]));
    }

    [Theory]
    [InlineData("Lstm", 1, "a sequence, or a sequence and the states h and c", "2 tensors")]
    [InlineData("Gru", 2, "a sequence, or a sequence and the state h", "3 tensors")]
    public void States_are_all_or_none(string kind, int states, string wanted, string given)
    {
        var module = new ModuleWriter("Net");
        int[] inputs = [module.Input("x", Steps, Inputs), .. Enumerable.Range(0, states).Select(i => module.Input($"s{i}", Units))];
        module.Output("y", module.Call(module.Member("0", Recurrent(kind, 1, false, false)), inputs));
        var finding = Assert.Single(Elaborator.Elaborate(module.Network()).Findings);
        Assert.Equal(("DG0016", string.Join("|", kind, wanted, given)), (finding.Id, string.Join("|", finding.Arguments)));
    }

    [Theory]
    [InlineData(1, false, new[] { 5 }, "states of a vector of 4")]
    [InlineData(1, false, new[] { 1, 4 }, "states of a vector of 4")]
    [InlineData(2, true, new[] { 2, 4 }, "states of a sequence of 4 by 4")]
    public void States_have_their_shape(int layers, bool both, int[] shape, string wanted)
    {
        var module = new ModuleWriter("Net");
        int[] inputs = [module.Input("x", Steps, Inputs), module.Input("h", shape)];
        module.Output("y", module.Call(module.Member("0", Recurrent("Gru", layers, both, false)), inputs));
        var finding = Assert.Single(Elaborator.Elaborate(module.Network()).Findings);
        Assert.Equal(("DG0016", wanted), (finding.Id, finding.Arguments[1]));
    }

    [Fact]
    public void Parameters_have_PyTorchs_names_shapes_and_beginnings()
    {
        var net = new Elaborated(Network([Steps, Inputs], Recurrent("Lstm", 2, both: true, last: false)));
        string[] names = [.. from l in new[] { 0, 1 } from d in new[] { "", "_reverse" } from p in new[] { "weight_ih", "weight_hh", "bias_ih", "bias_hh" } select $"0.{p}_l{l}{d}"];
        Assert.Equal(names, net.ParameterNames);
        Assert.Equal([16, 3], net["0.weight_ih_l0"].Shape);
        Assert.Equal([16, 8], net["0.weight_ih_l1_reverse"].Shape);
        Assert.Equal([16, 4], net["0.weight_hh_l1"].Shape);
        Assert.Equal([16], net["0.bias_hh_l0"].Shape);
        Assert.All(net.Elaboration.Parameters, p => Assert.Equal((Initializer.Uniform, 0.5), (p.Kind, p.Scale)));
    }

    [Fact]
    public void Units_left_out_are_as_many_as_come_in() =>
        Assert.Equal([9, 3], new Elaborated(Network([Steps, Inputs], Layer("Gru")))["0.weight_hh_l0"].Shape);

    [Fact]
    public void Every_recurrent_layer_can_be_certified()
    {
        LayerSpec[] layers = [Layer("Rnn"), Recurrent("Rnn relu", 1, true, false), Recurrent("Gru", 2, true, false), Recurrent("Lstm", 1, false, true)];
        var spec = Network([Steps, Inputs], layers) with { Readings = new([new ReadingSpec("Certify", new([]))]) };
        Assert.Empty(Elaborator.Elaborate(spec).Findings);
    }

    private static LayerSpec Recurrent(string kind, int layers, bool both, bool last) => Layer(
        kind.Split(' ')[0],
        [("Units", Units), ("Layers", layers), ("Bidirectional", both ? 1 : 0), ("Output", last ? 1 : 0), .. kind == "Rnn relu" ? new (string, double)[] { ("Relu", 1) } : []]);

    private static (Values All, Values End, double[][][] States) Run(Elaborated net, string kind, Values x, string name, bool isBack, double[][][]? begin = null)
    {
        double[][][] states = [new double[Batch][], new double[Batch][]];
        Values w = net["0.weight_ih" + name], v = net["0.weight_hh" + name], b = net["0.bias_ih" + name], d = net["0.bias_hh" + name];
        Values all = Values.Zeros(Batch, Steps, Units), end = Values.Zeros(Batch, Units);
        for (int n = 0; n < Batch; n++)
        {
            double[] h = begin?[0][n] ?? new double[Units], c = begin is { Length: 2 } ? begin[1][n] : new double[Units];
            for (int k = 0; k < Steps; k++)
            {
                int t = isBack ? Steps - 1 - k : k;
                double X(int gate, int j) => b[(gate * Units) + j] + Enumerable.Range(0, x.Shape[2]).Sum(i => w[(gate * Units) + j, i] * x[n, t, i]);
                double H(int gate, int j) => d[(gate * Units) + j] + Enumerable.Range(0, Units).Sum(i => v[(gate * Units) + j, i] * h[i]);
                double Open(int gate, int j) => 1 / (1 + Math.Exp(-X(gate, j) - H(gate, j)));
                double[] next = new double[Units], cells = new double[Units];
                for (int j = 0; j < Units; j++)
                {
                    double fresh = Math.Tanh(X(2 % (w.Shape[0] / Units), j) + ((kind == "Gru" ? Open(0, j) : 1) * H(2 % (w.Shape[0] / Units), j)));
                    cells[j] = kind == "Lstm" ? (Open(1, j) * c[j]) + (Open(0, j) * fresh) : 0;
                    next[j] = kind switch
                    {
                        "Rnn" => fresh,
                        "Rnn relu" => Math.Max(0, X(0, j) + H(0, j)),
                        "Gru" => ((1 - Open(1, j)) * fresh) + (Open(1, j) * h[j]),
                        _ => Open(3, j) * Math.Tanh(cells[j]),
                    };
                }

                (h, c) = (next, cells);
                for (int j = 0; j < Units; j++)
                {
                    all[n, t, j] = end[n, j] = h[j];
                }
            }

            (states[0][n], states[1][n]) = (h, c);
        }

        return (all, end, states);
    }

    private static Values Join(Values a, Values b)
    {
        int last = a.Rank - 1;
        return Values.From([.. a.Shape.Take(last), 2 * Units], i => i[last] < Units ? a[i] : b[[.. i.Take(last), i[last] - Units]]);
    }
}
