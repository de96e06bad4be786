using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Tests.Passes;

public sealed class SinkIncreasingTests
{
    private readonly Sketch _s = new();
    private readonly Node _image;

    public SinkIncreasingTests() => _image = _s.Image(6, 6, 2);

    [Fact]
    public void A_function_is_computed_of_maxima() => Sinks(_s.Add(new Tanh(), _image));

    [Fact]
    public void So_is_one_of_several_operations() => Sinks(_s.Add(new Maximum(), _image, Times(0.1f, _image)));

    [Fact]
    public void So_is_one_between_two_thresholds() =>
        Sinks(_s.Add(new Minimum(), _s.Number(6, _image.Shape), _s.Add(new Maximum(), _s.Number(0, _image.Shape), _image)));

    [Fact]
    public void Not_one_that_falls() => Stays(Times(-1, _image));

    [Fact]
    public void Not_one_that_has_a_valley() => Stays(_s.Add(new Silu(), _image));

    [Fact]
    public void Not_one_that_is_no_number_below_zero() => Stays(_s.Add(new Log(), _image));

    /// <summary>What is not a number would be lost there, and found by the window.</summary>
    [Fact]
    public void Not_a_threshold_that_is_the_second_operand() => Stays(_s.Add(new Maximum(), _image, _s.Number(0, _image.Shape)));

    [Fact]
    public void Not_a_function_of_two_values() => Stays(_s.Add(new Add(), _image, _s.Image(6, 6, 2)));

    [Fact]
    public void Not_where_somebody_else_needs_what_it_gives()
    {
        Node y = _s.Add(new Tanh(), _image);
        Stays(y, y);
    }

    [Fact]
    public void Not_where_somebody_else_needs_a_part_of_it()
    {
        Node scaled = Times(2, _image);
        Stays(_s.Add(new Tanh(), scaled), scaled);
    }

    [Fact]
    public void Polynomials_stay_where_roundings_are_accounted_for()
    {
        Graph graph = _s.Graph(Pool(_s.Add(new Tanh(), _image)));
        Assert.IsType<Window>(SinkIncreasing.Arithmetic(graph).Outputs[0].Node.Op);
    }

    private void Sinks(Node y)
    {
        Graph sunk = SinkIncreasing.Run(_s.Graph(Pool(y)));
        Node window = Assert.Single(sunk.Nodes, n => n.Op is Window);
        Assert.IsType<Input>(window.Inputs[0].Op);
        Assert.IsNotType<Window>(sunk.Outputs[0].Node.Op);
    }

    private void Stays(Node y, params Node[] others) => Assert.IsType<Window>(SinkIncreasing.Run(_s.Graph([Pool(y), .. others])).Outputs[0].Node.Op);

    private Node Times(float factor, Node x) => _s.Add(new Multiply(), x, _s.Number(factor, x.Shape));

    private Node Pool(Node x) =>
        _s.Add(new Window(Reduction.Max, EquatableArray.Of(2, 2), EquatableArray.Of(2, 2), EquatableArray.Of(0, 0), EquatableArray.Of(0, 0)), x);
}
