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
            y = both ? (Join(there.All, back.All), Join(there.End, back.End)) : there;
        }

        (last ? y.End : y.All).AssertNear(net.Run(x));
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

    private static (Values All, Values End) Run(Elaborated net, string kind, Values x, string name, bool isBack)
    {
        Values w = net["0.weight_ih" + name], v = net["0.weight_hh" + name], b = net["0.bias_ih" + name], d = net["0.bias_hh" + name];
        Values all = Values.Zeros(Batch, Steps, Units), end = Values.Zeros(Batch, Units);
        for (int n = 0; n < Batch; n++)
        {
            double[] h = new double[Units], c = new double[Units];
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
        }

        return (all, end);
    }

    private static Values Join(Values a, Values b)
    {
        int last = a.Rank - 1;
        return Values.From([.. a.Shape.Take(last), 2 * Units], i => i[last] < Units ? a[i] : b[[.. i.Take(last), i[last] - Units]]);
    }
}
