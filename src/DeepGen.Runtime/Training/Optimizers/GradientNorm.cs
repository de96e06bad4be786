using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>
/// The length of the gradient, √Σg²: in each run of a block four times sixteen chains of fused multiply-adds and a fixed tree, the sums of runs
/// and blocks in their order in double precision. The order belongs to the layout alone.
/// </summary>
internal sealed class GradientNorm : PartedWork
{
    private const int Lanes = 16;
    private const int Chains = 4;

    private AlignedBuffer? _gradients;
    private UpdateRanges? _ranges;
    private double[] _sums = [];

    public double Measure(GradientSet gradients, UpdateRanges ranges, int threads)
    {
        if (_sums.Length != ranges.Blocks)
        {
            _sums = new double[ranges.Blocks];
        }

        (_gradients, _ranges) = (gradients.Memory, ranges);
        Run(ranges.Blocks, threads);
        double sum = 0;
        foreach (double part in _sums)
        {
            sum += part;
        }

        return Math.Sqrt(sum);
    }

    protected override void RunPart(int part)
    {
        double sum = 0;
        foreach (var run in _ranges!.Of(part))
        {
            ref float start = ref Unsafe.Add(ref _gradients!.Start, run.Start);
            int length = run.End - run.Start;
            sum += InstructionSet.Avx512 ? Squares<Lanes512>(ref start, length)
                : InstructionSet.Avx2 ? Squares<Lanes256>(ref start, length)
                : InstructionSet.Neon ? Squares<LanesNeon>(ref start, length)
                : InstructionSet.Vector128 ? Squares<Lanes128>(ref start, length)
                : Squares<LanesScalar>(ref start, length);
        }

        _sums[part] = sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Squares<T>(ref float start, int length)
        where T : struct, ILanes<T>
    {
        T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
        int i = 0;
        for (; i <= length - (Chains * Lanes); i += Chains * Lanes)
        {
            var x0 = T.Load(ref start, i);
            var x1 = T.Load(ref start, i + Lanes);
            var x2 = T.Load(ref start, i + (2 * Lanes));
            var x3 = T.Load(ref start, i + (3 * Lanes));
            s0 = T.Fma(x0, x0, s0);
            s1 = T.Fma(x1, x1, s1);
            s2 = T.Fma(x2, x2, s2);
            s3 = T.Fma(x3, x3, s3);
        }

        for (; i < length; i += Lanes)
        {
            var x = T.LoadFirst(ref start, i, length - i);
            s0 = T.Fma(x, x, s0);
        }

        return T.SumLanes((s0 + s1) + (s2 + s3));
    }
}
