using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>
/// The trainable numbers as one vector: products, norms, sums and multiples of such vectors, equal for any number of threads. For one thread at
/// a time.
/// </summary>
internal sealed class FlatAlgebra
{
    private readonly FlatSums _sums = new();
    private readonly UpdatePass<Combine> _combine = new();
    private readonly UpdatePass<Along> _along = new();
    private UpdateRanges? _ranges;
    private int _threads;

    /// <summary>Says which numbers count, and how many threads may take part.</summary>
    public void Use(UpdateRanges ranges, int threads) => (_ranges, _threads) = (ranges, threads);

    /// <summary>Σab.</summary>
    public double Dot(AlignedBuffer a, AlignedBuffer b) => _sums.Dot(a, b, _ranges!, _threads);

    /// <summary>Σ|a|.</summary>
    public double AbsoluteSum(AlignedBuffer a) => _sums.AbsoluteSum(a, _ranges!, _threads);

    /// <summary>The greatest |a|.</summary>
    public double Greatest(AlignedBuffer a) => _sums.Greatest(a, _ranges!, _threads);

    /// <summary>target ← factor · source.</summary>
    public void Set(AlignedBuffer target, double factor, AlignedBuffer source) => Run(new Combine((float)factor, true), target, source);

    /// <summary>target ← target + factor · source.</summary>
    public void Add(AlignedBuffer target, double factor, AlignedBuffer source) => Run(new Combine((float)factor, false), target, source);

    /// <summary>target ← start + step · direction.</summary>
    public void Move(AlignedBuffer target, AlignedBuffer start, double step, AlignedBuffer direction)
    {
        _along.Rules(_ranges!)[0] = new Along((float)step);
        _along.Ready(new UpdateStep(target, direction, 1, float.PositiveInfinity), _ranges!, start).Run(_threads);
    }

    private void Run(Combine rule, AlignedBuffer target, AlignedBuffer source)
    {
        _combine.Rules(_ranges!)[0] = rule;
        _combine.Ready(new UpdateStep(target, source, 1, float.PositiveInfinity), _ranges!).Run(_threads);
    }

    internal readonly record struct Combine(float Factor, bool Replaces) : IUpdateRule
    {
        public int Buffers => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<T>(T source, ref T target, ref T a, ref T b, ref T c)
            where T : struct, ILanes<T> => target = Replaces ? T.Broadcast(Factor) * source : T.Fma(T.Broadcast(Factor), source, target);
    }

    internal readonly record struct Along(float Step) : IUpdateRule
    {
        public int Buffers => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Update<T>(T direction, ref T target, ref T start, ref T b, ref T c)
            where T : struct, ILanes<T> => target = T.Fma(T.Broadcast(Step), direction, start);
    }
}
