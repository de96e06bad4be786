using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>A stage ready to be written.</summary>
internal abstract record LoweredStage;

internal sealed record LoweredSamples(LoweredProgram Program, IReadOnlyList<LoopVariable> Loops, long SumsStart, long SumsLength) : LoweredStage;

/// <summary>A stage of the whole batch: InParts where its code does one part of so many, IsShared where threads do them.</summary>
internal sealed record LoweredWhole(LoweredProgram Program, IReadOnlyList<LoopVariable> Loops, bool InParts, bool IsShared) : LoweredStage;

internal sealed record LoweredLoop(int Count, IReadOnlyList<LoweredStage> Body) : LoweredStage;

/// <summary>A program with sums over the batch, as stages.</summary>
internal sealed record StagedProgram(IReadOnlyList<LoweredStage> Prepare, IReadOnlyList<LoweredStage> Step, StageMemory Memory, long WeightsLength)
{
    /// <param name="main">The program without what depends on parameters alone.</param>
    /// <param name="inputs">Where its inputs lie.</param>
    /// <param name="outputs">Where its outputs go.</param>
    /// <param name="memory">Where values lie that outlive a stage; some outputs may be there already.</param>
    /// <param name="prepared">What was split off.</param>
    /// <param name="parameters">Where the parameters lie.</param>
    /// <param name="layers">The kind of layer behind a label.</param>
    public static StagedProgram Lower(
        Graph main,
        IReadOnlyList<View> inputs,
        IReadOnlyList<View> outputs,
        StageMemory memory,
        PreparedGraphs prepared,
        IReadOnlyDictionary<string, View> parameters,
        IReadOnlyDictionary<string, string> layers)
    {
        var table = new WeightTable();
        StagedProgram program = Lower(main, inputs, outputs, memory, table, layers);
        LoweredProgram prepare = GraphLowering.LowerPrepare(
            Passes.Simplify.Run(prepared.Assemble(table)), table, parameters);
        return program with { Prepare = Whole(prepare, []).ToList(), WeightsLength = table.Length };
    }

    /// <summary>The same over weights that somebody else prepares, as the table says.</summary>
    public static StagedProgram Lower(
        Graph main,
        IReadOnlyList<View> inputs,
        IReadOnlyList<View> outputs,
        StageMemory memory,
        WeightTable table,
        IReadOnlyDictionary<string, string> layers)
    {
        Dictionary<Node, View> views = main.Inputs.Select((n, i) => (n, i)).Where(p => !p.n.Type.IsSparse).ToDictionary(p => p.n, p => inputs[p.i]);
        IReadOnlyList<Stage> plan = new StagePlanner(main, memory, views, [], 0).Plan(outputs);
        List<LoweredStage> step = plan.SelectMany(s => Lower(s, table, layers, [])).ToList();
        memory.KeptLength = KeptPlan.Assign(step, memory.Kept);
        return new StagedProgram([], step, memory, 0);
    }

    private static IEnumerable<LoweredStage> Lower(
        Stage stage, WeightTable weights, IReadOnlyDictionary<string, string> layers, IReadOnlyList<LoopVariable> loops)
    {
        switch (stage)
        {
            case SampleStage samples:
                LoweredProgram program = GraphLowering.LowerStage(samples.Graph, weights, layers);
                return [new LoweredSamples(program, loops, samples.SumsStart, samples.SumsLength)];
            case WholeStage whole:
                return Whole(GraphLowering.LowerStage(whole.Graph, weights, layers), loops);
            default:
                var loop = (LoopStage)stage;
                LoopVariable[] inside = [.. loops, loop.Variable];
                return [new LoweredLoop(loop.Count, loop.Body.SelectMany(s => Lower(s, weights, layers, inside)).ToList())];
        }
    }

    private static IEnumerable<LoweredStage> Whole(LoweredProgram program, IReadOnlyList<LoopVariable> loops)
    {
        (LoweredProgram? shared, bool isWorthIt, LoweredProgram? rest) = SharedKernels.Split(program);
        if (shared is not null)
        {
            yield return new LoweredWhole(shared, loops, InParts: true, IsShared: isWorthIt);
        }

        if (rest is null || rest.Statements.Count == 0)
        {
            yield break;
        }

        if (shared is null)
        {
            yield return new LoweredWhole(rest, loops, InParts: false, IsShared: false);
            yield break;
        }

        // What waited for the shared kernels may be worth sharing itself.
        foreach (LoweredStage stage in Whole(rest, loops))
        {
            yield return stage;
        }
    }
}
