using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>
/// What an optimiser does in one step, ready to be done: to all numbers, block by block, or to some as soon as their gradients are
/// known. Each number depends on those in its own place only, so neither the order nor threads nor the width of registers can
/// change a bit.
/// </summary>
internal abstract class UpdatePass : PartedWork
{
    private UpdateRanges? _run;
    private int[]? _blocks;

    /// <summary>The numbers that change, and the group of each.</summary>
    private protected UpdateRanges? Ranges { get; set; }

    /// <summary>Changes all numbers.</summary>
    public void Run(int threads)
    {
        (_run, _blocks) = (Ranges, null);
        Run(Ranges!.Blocks, threads);
    }

    /// <summary>Changes some blocks of some of the numbers.</summary>
    public void Run(UpdateRanges some, int[] blocks, int threads)
    {
        (_run, _blocks) = (some, blocks);
        Run(blocks.Length, threads);
    }

    /// <summary>Changes the numbers between two places; threads may do so at once.</summary>
    /// <param name="start">The first number.</param>
    /// <param name="end">That behind the last one.</param>
    /// <param name="aside">How far from their places their gradients lie.</param>
    public void Learn(int start, int end, int aside)
    {
        foreach (var run in Ranges!.Within(start, end))
        {
            Change(run, aside);
        }
    }

    protected override void RunPart(int part)
    {
        foreach (var run in _run!.Of(_blocks is null ? part : _blocks[part]))
        {
            Change(run, 0);
        }
    }

    /// <summary>The rule on a run of numbers, by the lanes there are.</summary>
    private protected abstract void Change(UpdateRanges.Run run, int aside);
}

/// <summary>That of one rule.</summary>
internal sealed class UpdatePass<TRule> : UpdatePass
    where TRule : struct, IUpdateRule
{
    private const int Lanes = 16;

    private TRule[] _rules = [];
    private UpdateStep _step;
    private AlignedBuffer? _a;
    private AlignedBuffer? _b;
    private AlignedBuffer? _c;

    /// <summary>The rule of every group, to be filled in before the step.</summary>
    public Span<TRule> Rules(UpdateRanges ranges)
    {
        if (_rules.Length != ranges.Groups.Length)
        {
            _rules = new TRule[ranges.Groups.Length];
        }

        return _rules;
    }

    /// <summary>This pass, to be run.</summary>
    public UpdatePass Ready(in UpdateStep step, UpdateRanges ranges, AlignedBuffer? a = null, AlignedBuffer? b = null, AlignedBuffer? c = null)
    {
        // A buffer that does not exist is not looked at; the weights stand in for it.
        (_step, Ranges, _a, _b, _c) = (step, ranges, a ?? step.Weights, b ?? step.Weights, c ?? step.Weights);
        return this;
    }

    private protected override void Change(UpdateRanges.Run run, int aside)
    {
        if (InstructionSet.Avx512)
        {
            Apply<Lanes512>(run, aside);
        }
        else if (InstructionSet.Avx2)
        {
            Apply<Lanes256>(run, aside);
        }
        else if (InstructionSet.Neon)
        {
            Apply<LanesNeon>(run, aside);
        }
        else if (InstructionSet.Vector128)
        {
            Apply<Lanes128>(run, aside);
        }
        else
        {
            Apply<LanesScalar>(run, aside);
        }
    }

    private void Apply<T>(UpdateRanges.Run run, int aside)
        where T : struct, ILanes<T> => Apply<T>(
            _rules[run.Group], ref At(_step.Weights, run), ref Unsafe.Add(ref At(_step.Gradients, run), aside), ref At(_a!, run), ref At(_b!, run), ref At(_c!, run),
            run.End - run.Start, _step.Scale, _step.Limit);

    /// <summary>The rule on so many numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Apply<T>(
        TRule rule, ref float weights, ref float gradients, ref float a, ref float b, ref float c, int length, float scale, float limit)
        where T : struct, ILanes<T>
    {
        var factor = T.Broadcast(scale);
        var most = T.Broadcast(limit);
        int i = 0;
        for (; i <= length - Lanes; i += Lanes)
        {
            var w = T.Load(ref weights, i);
            var state1 = rule.Buffers > 0 ? T.Load(ref a, i) : T.Zero;
            var state2 = rule.Buffers > 1 ? T.Load(ref b, i) : T.Zero;
            var state3 = rule.Buffers > 2 ? T.Load(ref c, i) : T.Zero;

            // Where the gradient is NaN, both comparisons fail and it stays so.
            var g = T.Max(-most, T.Min(most, T.Load(ref gradients, i) * factor));
            rule.Update(g, ref w, ref state1, ref state2, ref state3);
            T.Store(w, ref weights, i);
            if (rule.Buffers > 0)
            {
                T.Store(state1, ref a, i);
            }

            if (rule.Buffers > 1)
            {
                T.Store(state2, ref b, i);
            }

            if (rule.Buffers > 2)
            {
                T.Store(state3, ref c, i);
            }
        }

        int rest = length - i;
        if (rest > 0)
        {
            var w = T.LoadFirst(ref weights, i, rest);
            var state1 = rule.Buffers > 0 ? T.LoadFirst(ref a, i, rest) : T.Zero;
            var state2 = rule.Buffers > 1 ? T.LoadFirst(ref b, i, rest) : T.Zero;
            var state3 = rule.Buffers > 2 ? T.LoadFirst(ref c, i, rest) : T.Zero;
            var g = T.Max(-most, T.Min(most, T.LoadFirst(ref gradients, i, rest) * factor));
            rule.Update(g, ref w, ref state1, ref state2, ref state3);
            T.StoreFirst(w, ref weights, i, rest);
            if (rule.Buffers > 0)
            {
                T.StoreFirst(state1, ref a, i, rest);
            }

            if (rule.Buffers > 1)
            {
                T.StoreFirst(state2, ref b, i, rest);
            }

            if (rule.Buffers > 2)
            {
                T.StoreFirst(state3, ref c, i, rest);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref float At(AlignedBuffer buffer, UpdateRanges.Run run) => ref Unsafe.Add(ref buffer.Start, run.Start);
}
