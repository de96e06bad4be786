using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>
/// Sums over all trainable numbers: Σab, Σ|a| and the greatest |a|. In each run of a block four times sixteen chains of fused
/// multiply-adds and a fixed tree; the sums of runs and blocks in their order in double precision. The order belongs to the layout alone.
/// </summary>
internal sealed class FlatSums : PartedWork
{
    private const int Lanes = 16;
    private const int Chains = 4;

    private AlignedBuffer? _a;
    private AlignedBuffer? _b;
    private UpdateRanges? _ranges;
    private Kind _kind;
    private double[] _parts = [];

    private enum Kind { Product, Absolute, Greatest }

    /// <summary>Σab.</summary>
    public double Dot(AlignedBuffer a, AlignedBuffer b, UpdateRanges ranges, int threads) => Sum(Kind.Product, a, b, ranges, threads);

    /// <summary>Σ|a|.</summary>
    public double AbsoluteSum(AlignedBuffer a, UpdateRanges ranges, int threads) => Sum(Kind.Absolute, a, a, ranges, threads);

    /// <summary>The greatest |a|; NaN does not count.</summary>
    public double Greatest(AlignedBuffer a, UpdateRanges ranges, int threads) => Sum(Kind.Greatest, a, a, ranges, threads);

    private double Sum(Kind kind, AlignedBuffer a, AlignedBuffer b, UpdateRanges ranges, int threads)
    {
        if (_parts.Length != ranges.Blocks)
        {
            _parts = new double[ranges.Blocks];
        }

        (_kind, _a, _b, _ranges) = (kind, a, b, ranges);
        Run(ranges.Blocks, threads);
        double sum = 0;
        foreach (double part in _parts)
        {
            sum = Join(sum, part);
        }

        return sum;
    }

    protected override void RunPart(int part)
    {
        double sum = 0;
        foreach (var run in _ranges!.Of(part))
        {
            ref float a = ref Unsafe.Add(ref _a!.Start, run.Start);
            ref float b = ref Unsafe.Add(ref _b!.Start, run.Start);
            int length = run.End - run.Start;
            sum = Join(sum, InstructionSet.Avx512 ? OfRun<Lanes512>(ref a, ref b, length)
                : InstructionSet.Avx2 ? OfRun<Lanes256>(ref a, ref b, length)
                : InstructionSet.Neon ? OfRun<LanesNeon>(ref a, ref b, length)
                : InstructionSet.Vector128 ? OfRun<Lanes128>(ref a, ref b, length)
                : OfRun<LanesScalar>(ref a, ref b, length));
        }

        _parts[part] = sum;
    }

    private double Join(double sum, double part) => _kind == Kind.Greatest ? Math.Max(sum, part) : sum + part;

    private float OfRun<T>(ref float a, ref float b, int length)
        where T : struct, ILanes<T> => _kind switch
        {
            Kind.Product => Products<T>(ref a, ref b, length),
            Kind.Absolute => Absolutes<T>(ref a, length),
            _ => GreatestOf<T>(ref a, length),
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Products<T>(ref float a, ref float b, int length)
        where T : struct, ILanes<T>
    {
        T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
        int i = 0;
        for (; i <= length - (Chains * Lanes); i += Chains * Lanes)
        {
            s0 = T.Fma(T.Load(ref a, i), T.Load(ref b, i), s0);
            s1 = T.Fma(T.Load(ref a, i + Lanes), T.Load(ref b, i + Lanes), s1);
            s2 = T.Fma(T.Load(ref a, i + (2 * Lanes)), T.Load(ref b, i + (2 * Lanes)), s2);
            s3 = T.Fma(T.Load(ref a, i + (3 * Lanes)), T.Load(ref b, i + (3 * Lanes)), s3);
        }

        for (; i < length; i += Lanes)
        {
            s0 = T.Fma(T.LoadFirst(ref a, i, length - i), T.LoadFirst(ref b, i, length - i), s0);
        }

        return T.SumLanes((s0 + s1) + (s2 + s3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Absolutes<T>(ref float a, int length)
        where T : struct, ILanes<T>
    {
        var sum = T.Zero;
        for (int i = 0; i < length; i += Lanes)
        {
            sum += T.Abs(T.LoadFirst(ref a, i, length - i));
        }

        return T.SumLanes(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float GreatestOf<T>(ref float a, int length)
        where T : struct, ILanes<T>
    {
        var most = T.Zero;
        for (int i = 0; i < length; i += Lanes)
        {
            most = T.Max(T.Abs(T.LoadFirst(ref a, i, length - i)), most);
        }

        return T.MaxLanes(most);
    }
}
