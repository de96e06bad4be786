using System.Numerics;

namespace DeepGen.Runtime;

/// <summary>
/// How long the samples of a program take, for batches of about the same size: many samples at a time take less each, and what a sample takes may depend on what is
/// in it. As measured or, before that, by multiply-adds.
/// </summary>
internal sealed class Pace
{
    private readonly Estimate[] _samples = new Estimate[32];

    /// <param name="work">Multiply-adds for each sample.</param>
    public Pace(long work) => Array.Fill(_samples, new Estimate(WorkerPool.Ticks(work)));

    /// <summary>How long one thread would take for a batch, in ticks of the stopwatch.</summary>
    public double Of(int batch) => batch * Like(batch).Ticks;

    /// <summary>Some samples of a batch took a thread so long.</summary>
    public void See(int batch, int samples, long ticks) => Like(batch).See(ticks / (double)samples);

    private ref Estimate Like(int batch) => ref _samples[BitOperations.Log2((uint)batch)];
}
