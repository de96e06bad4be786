using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;
using DeepGen.Generator.Tests.Passes;

namespace DeepGen.Generator.Tests.Lower;

/// <summary>What later stages compute again, and what they read from memory.</summary>
public sealed class RecomputingTests
{
    private const int Units = 4;
    private readonly Sketch _s = new();

    [Fact]
    public void What_comes_from_three_values_is_computed_again()
    {
        Node y = OfThree();
        Assert.True(Plan(y).IsCheap(y));
    }

    [Fact]
    public void What_comes_from_four_is_kept()
    {
        Node y = _s.Add(new Add(), OfThree(), Product("fourth"));
        Assert.False(Plan(y).IsCheap(y));
    }

    [Fact]
    public void Several_multiples_of_a_value_are_kept_as_that_value()
    {
        Node x = OfThree();
        Node[] multiples = [MultipleOf(x, "a"), MultipleOf(x, "b")];
        Recomputing plan = Plan(multiples);
        Assert.All(multiples, y => Assert.True(plan.IsCheap(y)));
        Assert.False(plan.IsCheap(x));
    }

    private Node OfThree() => _s.Add(new Add(), _s.Add(new Multiply(), Product("first"), Product("second")), Product("third"));

    /// <summary>By a number of the whole batch for each unit.</summary>
    private Node MultipleOf(Node x, string name) =>
        _s.Add(new Multiply(), x, _s.Broadcast(_s.Add(new Reduce(Reduction.Sum, EquatableArray.Of(0)), Product(name)), x.Shape, 1));

    private Node Product(string name) => _s.Dense(_s.Image(Units), name, Units);

    private Recomputing Plan(params Node[] outputs)
    {
        Graph graph = _s.Graph(outputs);
        var plan = new Recomputing(new StageTimes(graph), new HashSet<Node>());
        foreach (Node node in graph.Inputs.Concat(graph.Nodes).Distinct())
        {
            plan.Visit(node);
        }

        return plan;
    }
}
