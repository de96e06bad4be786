using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Tests.Layers;

namespace DeepGen.Generator.Tests.Losses;

/// <summary>The worst case is what it says: at least the loss anywhere in the box.</summary>
public class CertifiedTests
{
    public static TheoryData<string> Networks => new(
        "Input(3), Dense(5), Relu, Dense(4)",
        "Input(3), Dense(5), Tanh, Dense(4, Bias = false)",
        "Input(3), Dense(5), Relu, Dense(4), Tanh",
        "Input(1, 4, 4), Conv2D(3, 3), Relu, Flatten, Dense(4)",
        "Input(3), LayerNorm, Dense(6), Dropout(0.5f), Relu, Dense(4)",
        "Input(3), Stack<Residue>(3), Dense(4)",
        "Input(3), Gat(2, Heads = 3), Elu, Gat(4)",
        "Input(3), Gat(5, Dropout = 0.5f), Tanh, Dense(4)");

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_worst_case_is_at_least_the_loss_of_every_input_in_the_box(string layers)
    {
        Trained net = Net(layers, "");
        Values x = net.Random([3, .. net.Graph.Inputs[0].Shape.Skip(1).Select(s => s.Value)]);
        Values classes = new([3], [0, 3, 1]);
        double worst = Run(net, x, classes, 0.1, 0);
        double plain = Run(net, x, classes, 0.1, 1);
        Assert.True(worst > plain + 1e-3, $"{worst} is not above {plain}");
        double highest = double.NegativeInfinity;
        for (int i = 0; i < 200; i++)
        {
            Values offset = net.Random(x.Shape);
            Values near = Torch.Zip(x, offset, (a, b) => a + (0.1 * (i % 2 == 0 ? Math.Sign(b) : b / 2)));
            highest = Math.Max(highest, Run(net, near, classes, 0.1, 1));
        }

        Assert.True(worst >= highest, $"{worst} is not at least {highest}");
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Without_a_radius_the_worst_case_is_the_plain_loss(string layers)
    {
        Trained net = Net(layers, "");
        Values x = net.Random([3, .. net.Graph.Inputs[0].Shape.Skip(1).Select(s => s.Value)]);
        Values classes = new([3], [0, 3, 1]);
        Assert.Equal(Run(net, x, classes, 0, 1), Run(net, x, classes, 0, 0), 1e-6);
    }

    [Fact]
    public void The_worst_case_of_a_single_dense_layer_is_attained()
    {
        // z is linear in x, so for two classes the worst input is a corner of the box.
        Trained net = Net("Input(3), Dense(2)", "");
        Values x = net.Random(1, 3);
        Values classes = new([1], [1]);
        double highest = Enumerable.Range(0, 8).Max(corner =>
            Run(net, Values.From([1, 3], i => x[i] + ((corner >> i[1] & 1) == 0 ? 0.3 : -0.3)), classes, 0, 1));
        Assert.Equal(highest, Run(net, x, classes, 0.3, 0), 1e-6);
    }

    [Fact]
    public void The_share_mixes_both()
    {
        Trained net = Net("Input(3), Dense(4)", "");
        Values x = net.Random(3, 3);
        Values classes = new([3], [0, 3, 1]);
        double expected = (0.25 * Run(net, x, classes, 0.2, 1)) + (0.75 * Run(net, x, classes, 0.2, 0));
        Assert.Equal(expected, Run(net, x, classes, 0.2, 0.25), 1e-6);
    }

    [Fact]
    public void The_box_ends_where_inputs_do()
    {
        Trained net = Net("Input(2), Dense(2)", ", Lowest = 0, Highest = 1");
        Trained free = Net("Input(2), Dense(2)", "");
        foreach (string path in net.Parameters.Keys)
        {
            free.Parameters[path] = net.Parameters[path];
        }

        // Within 0.5 of (0, 1) inside the unit square: within 0.25 of (0.25, 0.75).
        Values classes = new([1], [1]);
        Assert.Equal(Run(free, new([1, 2], [0.25, 0.75]), classes, 0.25, 0), Run(net, new([1, 2], [0, 1]), classes, 0.5, 0), 1e-6);

        // An input that lies outside is still one that occurs.
        Assert.True(Run(net, new([1, 2], [-3, 5]), classes, 0.5, 0) >= Run(net, new([1, 2], [-3, 5]), classes, 0.5, 1));
    }

    [Fact]
    public void Bounds_of_the_scores_themselves_would_be_worse()
    {
        // The same function, but the last layer is hidden from the one who would elide it.
        Trained net = Net("Input(3), Dense(5), Relu, Dense(4)", "");
        Trained hidden = Net("Input(3), Dense(5), Relu, Dense(4), HardTanh(-1000, 1000)", "");
        foreach (string path in net.Parameters.Keys)
        {
            hidden.Parameters[path] = net.Parameters[path];
        }

        Values x = net.Random(3, 3);
        Values classes = new([3], [0, 3, 1]);
        Assert.Equal(Run(hidden, x, classes, 0.2, 1), Run(net, x, classes, 0.2, 1), 1e-6);
        Assert.True(Run(hidden, x, classes, 0.2, 0) > Run(net, x, classes, 0.2, 0) + 0.01);
    }

    [Fact]
    public void Radius_and_share_are_settings_and_come_once()
    {
        Trained net = Net("Input(3), Dropout(0.5f), Dense(4)", "");
        Assert.Equal(
            [new("dropout.0", SettingKind.DropoutKeys, 2), new("epsilon", SettingKind.Epsilon, 1), new SettingSpec("plain share", SettingKind.PlainShare, 1)],
            net.Training.Settings.AsEnumerable());
        Assert.Equal(["[2]", "[]", "[]"], net.Graph.Inputs.Skip(2).Select(n => n.Shape.ToString()));
    }

    private static Trained Net(string layers, string arguments)
    {
        var net = new Trained(new UserProgram(
            "[Block, Residual, Dense, Tanh] public sealed partial class Residue;",
            $"[Network, {layers}, Train(Loss.CrossEntropy, Certified = true{arguments})] public sealed partial class Net;").Spec("Net"));
        net.OverRing(3);
        return net;
    }

    private static double Run(Trained net, Values x, Values classes, double epsilon, double share)
    {
        var settings = net.Training.Settings.Select(s => s.Kind switch
        {
            SettingKind.Epsilon => new Values([], [epsilon]),
            SettingKind.PlainShare => new Values([], [share]),
            _ => new Values([2], [3, 4]),
        });
        return net.Loss([x, classes, .. settings]);
    }
}
