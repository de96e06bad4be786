namespace DeepGen.Generator.Lower;

/// <summary>
/// Values kept of every sample share a place where one is read for the last time before the other is written: gradients
/// take the places of what the way back has left behind, which are near the core, too. Images with borders of zeros keep
/// their places, and in a loop of stages everything lives as long as the loop.
/// </summary>
internal static class KeptPlan
{
    /// <summary>Gives every kept buffer its offset; returns the floats kept of a sample.</summary>
    public static long Assign(IReadOnlyList<LoweredStage> stages, IReadOnlyList<Buffer> kept)
    {
        var lifetimes = new Dictionary<Buffer, MemoryPlan.Lifetime>();
        for (int i = 0; i < stages.Count; i++)
        {
            foreach (Buffer buffer in Touched(stages[i]).Where(b => b.Memory == Memory.Kept))
            {
                lifetimes[buffer] = new(lifetimes.TryGetValue(buffer, out MemoryPlan.Lifetime known) ? known.First : i, i);
            }
        }

        var slots = new List<MemoryPlan.Slot>();
        foreach (Buffer buffer in kept.Where(lifetimes.ContainsKey).OrderBy(b => lifetimes[b].First))
        {
            MemoryPlan.Lifetime lifetime = buffer.Borders is null ? lifetimes[buffer] : new(0, stages.Count);
            buffer.Offset = MemoryPlan.Place(slots, lifetime, buffer.SampleStride, null);
        }

        return slots.Count == 0 ? 0 : slots.Max(s => s.Offset + s.Size);
    }

    private static IEnumerable<Buffer> Touched(LoweredStage stage) => stage switch
    {
        LoweredSamples samples => Touched(samples.Program),
        LoweredWhole whole => Touched(whole.Program),
        LoweredLoop loop => loop.Body.SelectMany(Touched),
        _ => [],
    };

    private static IEnumerable<Buffer> Touched(LoweredProgram program) =>
        program.Statements.SelectMany(s => s.Kernels).SelectMany(k => k.Views).Select(v => v.Buffer);
}
