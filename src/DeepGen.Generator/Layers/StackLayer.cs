using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>
/// x₀ = x, xᵢ₊₁ = blockᵢ(xᵢ), y = xₙ: one Repeat whose body is the block, elaborated once; its parameters are slices of
/// slabs that hold those of all copies. What the copies make of running statistics while training is collected.
/// </summary>
internal sealed class StackLayer() : Layer("Stack", Argument.Size("Count"), Argument.Flag("Checkpoint", false))
{
    public override string Title(LayerCall call) =>
        $"{call.Block.ShortName()} ×{ShapeWords.Number(call.Arguments.Whole("Count"))}";

    public override Term? Apply(LayerCall call)
    {
        int count = call.Arguments.Whole("Count");
        if (count == 0)
        {
            return call.ReportAt("Count", "DG0005", "Count", "0");
        }

        call.FlopsPerValue = 0;
        ParameterScope inside = call.Scope.Repeated(count, firstSlice: 1);
        var x = new Term(inside.Graph, inside.Graph.Add(new Input(0, "x", TensorType.Float(call.X.Shape))));
        if (call.ApplyBlock(inside, ImmutableArray.Create(x)) is not Term y)
        {
            return null;
        }

        if (!y.Shape.Equals(x.Shape))
        {
            return call.Report("DG0021", call.Block.ShortName(), ShapeWords.Of(x.Sample), ShapeWords.Of(y.Sample));
        }

        Term[] slabs = inside.Slabs().ToArray();
        var updates = inside.Updates;
        Graph body = inside.Graph.Build(updates.Select(u => new GraphOutput(u.Path, u.Value.Node)).Prepend(new GraphOutput("y", y.Node)));
        bool isCheckpoint = call.IsTraining && call.Arguments.Flag("Checkpoint");
        Term loop = call.X.Apply(new Repeat(body, count, Carried: 1, Sliced: slabs.Length, Collected: updates.Count, isCheckpoint), slabs);
        for (int i = 0; i < updates.Count; i++)
        {
            call.Scope.Update(updates[i].Path, loop.Apply(new Item(1 + i)));
        }

        return loop.Apply(new Item(0));
    }
}
