namespace DeepGen.Runtime;

/// <summary>
/// After which stage of a step each block of parameters can be changed that is not changed where it is prepared or its gradient is computed: when the gradients
/// of all its numbers are known, and the loss, so that nothing is changed by a loss that is not a number. The weights that later
/// stages read are copies.
/// </summary>
internal sealed class UpdatePlan
{
    private readonly UpdateRanges _rest;
    private readonly int[][] _blocks;

    /// <param name="program">The step.</param>
    /// <param name="ranges">What the optimiser changes.</param>
    /// <param name="threads">How many take part.</param>
    public UpdatePlan(TrainingProgram program, UpdateRanges ranges, int threads)
    {
        Ranges = ranges;
        Threads = threads;
        ParameterPlace[] within =
        [
            .. program.LearnedInPrepare.Concat(program.LearnedInStep.Where(p => StepFrame.IsEnough(p.Blocks, threads)).Select(p => new ParameterPlace(p.Start, p.Length)))
                .Distinct().OrderBy(p => p.Start),
        ];
        _rest = ranges.Without(within);
        int[] ready = new int[ranges.Blocks];
        Array.Fill(ready, program.LossStage);
        foreach (var place in program.Gradients.Where(p => p.Length > 0))
        {
            int last = (place.Start + place.Length - 1) / UpdateRanges.BlockLength;
            for (int block = place.Start / UpdateRanges.BlockLength; block <= last; block++)
            {
                ready[block] = Math.Max(ready[block], place.Stage);
            }
        }

        int[] blocks = [.. Enumerable.Range(0, ready.Length).Where(b => _rest.Of(b).MoveNext())];
        _blocks = [.. program.Step.Select((_, stage) => blocks.Where(b => ready[b] == stage).ToArray())];
    }

    /// <summary>What it was made for.</summary>
    public UpdateRanges Ranges { get; }

    /// <summary>For how many threads.</summary>
    public int Threads { get; }

    /// <summary>Changes the blocks that wait for a stage.</summary>
    public void After(int stage, UpdatePass pass, int threads)
    {
        if (_blocks[stage].Length > 0)
        {
            pass.Run(_rest, _blocks[stage], threads);
        }
    }
}
