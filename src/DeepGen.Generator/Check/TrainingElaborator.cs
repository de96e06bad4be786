using System.Collections.Immutable;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Check;

/// <summary>
/// Declaration → the graph of a training step: loss = Σ weightᵢ lossᵢ over a network elaborated anew, its layers being told
/// that they are trained.
/// </summary>
internal static class TrainingElaborator
{
    /// <summary>How many targets a batch has: a loss that the class defines may have any number, others have one.</summary>
    public static int TargetCount(NetworkSpec spec) =>
        spec.Readings.Where(r => r.Name == "Train").Sum(l => l.Method is null ? 1 : l.Method.Inputs.Count(i => i.HasShape));

    /// <summary>For a network whose Forward has no findings; null after one.</summary>
    public static TrainingElaboration? Elaborate(NetworkSpec spec, Journal findings)
    {
        ImmutableArray<ReadingSpec> losses = spec.Readings.Where(r => r.Name == "Train").ToImmutableArray();
        ModuleSpec module = spec.Module;
        var journal = new Journal();
        var scope = new ParameterScope(new GraphBuilder(), Elaborator.Initial(spec, journal), ConvolutionTiles.OfNetwork(spec, journal), new TrainingScope(module.Inputs.Count + TargetCount(spec)));
        var network = new ModuleInstance(module, "");
        ImmutableArray<Term?> inputs = scope.Steps.Within(module, module.Inputs.Select((_, i) => Elaborator.Input(module, i, i, scope.Graph, journal)));
        ImmutableArray<Term?> outputs = scope.Steps.Within(new ModuleWalk(journal, scope, network, depth: 0).Run(inputs));
        if (outputs.Contains(null))
        {
            foreach (Finding finding in journal.Findings)
            {
                findings.Report(finding);
            }

            return null;
        }

        string[] trainable = network.Parameters.Where(p => p.Trainable).Select(p => p.Path).ToArray();
        if (trainable.Length == 0)
        {
            findings.Report(new Finding(
                "DG0028", module.TypeName + "/reading:Train:0", EquatableArray.Of("has nothing to change: the network has no parameters that could be trained")));
            return null;
        }

        var writer = new LossWriter(spec, scope, findings, outputs.Select(o => o!).ToImmutableArray());
        Term? loss = null;
        for (int i = 0; i < losses.Length; i++)
        {
            Term? next = writer.Write(losses[i], i);
            loss = loss is null || next is null ? next ?? loss : loss + next;
        }

        if (loss is null || !findings.Findings.IsEmpty)
        {
            return null;
        }

        loss.Node.Label = "loss";
        Graph graph = scope.Graph.Build(
            outputs.Select((o, i) => new GraphOutput("output:" + module.Outputs[i].Name, o!.Node))
                .Concat(scope.Updates.Select(u => new GraphOutput("update:" + u.Path, u.Value.Node)))
                .Prepend(new GraphOutput("loss", loss.Node)));
        Graph differentiated = scope.Graph.Build([graph.Outputs[0]]);
        ImmutableArray<Node> missing = Backward.MissingRules(differentiated);
        foreach (Finding finding in RaggedCheck.Findings(spec, graph).Concat(ReadingCheck.Missing(spec, "Train", module.TypeName + "/reading:Train:0", differentiated, missing)))
        {
            findings.Report(finding);
        }

        var read = new HashSet<string>(graph.Nodes.Select(n => n.Op).OfType<Parameter>().Select(p => p.Path));
        var whole = new TrainingElaboration(graph, writer.Targets, scope.Training!.Settings, trainable.Where(read.Contains).ToImmutableArray());
        if (!writer.LeavesOut)
        {
            return whole;
        }

        (Graph needed, ImmutableArray<int?> reach) = LeaveOutRows.Run(graph, module.Inputs.Count);
        return whole with { Graph = needed, InputReach = reach };
    }
}
