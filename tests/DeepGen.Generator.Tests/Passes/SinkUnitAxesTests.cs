using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Tests.Passes;

public sealed class SinkUnitAxesTests
{
    private readonly Sketch _s = new();

    [Fact]
    public void What_follows_a_convolution_of_a_signal_is_done_to_its_image()
    {
        Node signal = Signal();
        Graph sunk = SinkUnitAxes.Run(_s.Graph(_s.Add(new Tanh(), _s.Relu(signal))));
        Assert.Equal([typeof(Reshape), typeof(Tanh), typeof(Maximum)], Chain(sunk.Outputs[0].Node));
    }

    [Fact]
    public void So_are_two_of_them_added_up()
    {
        Node y = _s.Add(new Add(), Signal(), Signal());
        Assert.IsType<Reshape>(SinkUnitAxes.Run(_s.Graph(y)).Outputs[0].Node.Op);
    }

    [Fact]
    public void Not_where_another_operand_has_no_image()
    {
        Node y = _s.Add(new Add(), Signal(), _s.Image(9, 4));
        Assert.IsType<Add>(SinkUnitAxes.Run(_s.Graph(y)).Outputs[0].Node.Op);
    }

    private static IEnumerable<Type> Chain(Node node)
    {
        for (; node.Op is not Convolution; node = node.Inputs[0])
            yield return node.Op.GetType();
    }

    private Node Signal()
    {
        EquatableArray<int> one = EquatableArray.Of(1, 1), none = EquatableArray.Of(0, 0);
        Node y = _s.Add(new Convolution(one, none, none, one, 1), _s.Image(1, 11, 3), _s.Parameter("w", 1, 3, 3, 4));
        return _s.Reshape(y, Size.Batch, 9, 4);
    }
}
