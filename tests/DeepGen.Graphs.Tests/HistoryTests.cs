namespace DeepGen.Graphs.Tests;

/// <summary>Sizes known at run time beside a graph: both are handed over in one call.</summary>
public class HistoryTests
{
    private const int Nodes = 33;
    private const int Steps = 3;

    private readonly NodeGraph _graph = Drawn.Graph(Nodes, 4);
    private readonly float[] _x = Drawn.Values(Nodes * Steps * 6, 2);
    private readonly Histories _open = new(3);
    private readonly ShortHistories _closed = new(3);

    [Fact]
    public void Predictions_and_bounds_are_those_of_constant_sizes()
    {
        float[][] y = [new float[Nodes * 5], new float[Nodes * 5]];
        _open.Predict(_graph, _x, y[0], Steps);
        _closed.Predict(_graph, _x, y[1]);
        AssertClose(y[1], y[0]);

        float[][] lower = [new float[Nodes * 5], new float[Nodes * 5]], upper = [new float[Nodes * 5], new float[Nodes * 5]];
        _open.Certify(_graph, _x, 0.01f, lower[0], upper[0], Steps);
        _closed.Certify(_graph, _x, 0.01f, lower[1], upper[1]);
        AssertClose(lower[1], lower[0]);
        AssertClose(upper[1], upper[0]);
        Assert.All(y[0].Zip(lower[0], upper[0]), v => Assert.InRange(v.First, v.Second, v.Third));
    }

    [Fact]
    public void The_graph_may_be_the_networks_own()
    {
        float[][] y = [new float[Nodes * 5], new float[Nodes * 5]];
        _open.Predict(_graph, _x, y[0], Steps);
        _open.Graph = _graph;
        _open.Predict(_x, y[1], Steps);
        Assert.Equal(y[0], y[1]);
    }

    [Fact]
    public void Traces_are_those_of_constant_sizes()
    {
        var open = _open.Trace(_graph, _x, Steps);
        var closed = _closed.Trace(_graph, _x);
        Assert.Equal(closed.Select(t => t.Name), open.Select(t => t.Name));
        Assert.All(closed.Zip(open), p => AssertClose(p.First.Values.ToArray(), p.Second.Values.ToArray()));
    }

    [Fact]
    public void Steps_are_those_of_constant_sizes()
    {
        int[] classes = Drawn.SomeClasses(Nodes, 5);
        Adam one = new(0.01), other = new(0.01);
        for (int step = 0; step < 5; step++)
            Assert.Equal(_closed.Learn(_graph, _x, classes, one), _open.Learn(_graph, _x, classes, other, Steps), 5);

        for (int i = 0; i < _open.Parameters.Count; i++)
            AssertClose(_closed.Parameters[i].Values.ToArray(), _open.Parameters[i].Values.ToArray());
    }

    private static void AssertClose(float[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 4));
}
