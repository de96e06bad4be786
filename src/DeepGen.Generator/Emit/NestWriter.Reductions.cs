using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>Sums and maxima: of each lane by itself, or along the lanes.</summary>
internal sealed partial class NestWriter
{
    /// <summary>An addition waits four cycles for the one before: a long sum is dealt out among four, added up at its end.</summary>
    private const int Sums = 4;

    private const int ShortestDealt = 32;
    private const int CostliestDealt = 10;

    /// <summary>How far beyond its counter the innermost reduced axis is read.</summary>
    private int _ahead;

    private void WriteReduction(string? at, int count, bool single, Reduction reduction)
    {
        EachVector(() => _code.Line($"L {SumName} = {ReductionText.Identity(reduction)};"));
        if (IsDealt)
        {
            WriteDealtSum(at, count, single);
            return;
        }

        InChains(Enumerable.Range(0, _vectors).Select(SumOf), _loops.ReduceAxes, 1, () =>
            EachReduced(() => EachVector(() => Combine(Expression(at, count, single, null, OfVector("v")), reduction, Chain(_number)))));
    }

    private bool IsDealt => _kernel.Reduction == Reduction.Sum && _loops.ReduceAxes.LastOrDefault() is { } inner
        && inner.Size.IsConstant && inner.Extent >= ShortestDealt && inner.Extent % Sums == 0 && OperationCost.Of(_kernel.Element) <= CostliestDealt;

    private void WriteDealtSum(string? at, int count, bool single)
    {
        _code.Line($"L {string.Join(", ", Enumerable.Range(1, Sums - 1).Select(i => $"sum{i} = L.Zero"))};");
        NestAxis inner = _loops.ReduceAxes.Last();
        InChains(["sum", "sum1", "sum2", "sum3"], _loops.ReduceAxes, Sums, () =>
            Nested(_loops.ReduceAxes.Take(_loops.ReduceAxes.Length - 1), () => WriteLoop(inner, inner.Count, Sums, () =>
            {
                for (_ahead = 0; _ahead < Sums; _ahead++)
                {
                    Combine(Expression(at, count, single, null, $"v{_ahead}_"), Reduction.Sum, Chain(_ahead));
                }

                _ahead = 0;
            })));
        _code.Line("sum = (sum + sum1) + (sum2 + sum3);");
    }

    private void Combine(ExpressionWriter expression, Reduction reduction, string sum) =>
        ReductionText.Combine(_code, expression, _kernel.Element, reduction, sum, OfVector("x"));

    /// <summary>A sum or maximum along the lanes: sixteen partial ones, then the fixed tree.</summary>
    private void WriteLaneReduction()
    {
        Reduction reduction = _kernel.Reduction!.Value;
        NestAxis vector = _loops.Vector!;
        _code.Line($"L lanes = {ReductionText.Identity(reduction)};");
        List<NestAxis> others = _loops.ReduceAxes.Where(a => a != vector).ToList();
        InChains(["lanes"], others.Append(vector), Lanes.Count, () => Nested(others, () =>
        {
            if (vector.Size.IsOpen)
            {
                WriteCountedLanes(vector, reduction);
                return;
            }

            int full = vector.Extent / Lanes.Count * Lanes.Count;
            int rest = vector.Extent % Lanes.Count;
            if (full == Lanes.Count)
            {
                using (_code.Braces())
                {
                    Combine(Expression("0", Lanes.Count, false, null, "v"), reduction, Chain(0));
                }
            }
            else if (full > 0)
            {
                WriteLoop(vector, End(full), Lanes.Count, () => Combine(Expression(vector.Name, Lanes.Count, false, null, "v"), reduction, Chain(0)));
                if (_loops.Row is not null && reduction == Reduction.Max)
                {
                    using (_code.Braces($"if (end < {full})"))
                    {
                        ReductionText.Combine(_code, Number(_kernel.Above!.Value), reduction, Chain(0), "x");
                    }
                }
            }

            if (rest > 0)
            {
                using (_code.Braces())
                {
                    string value = Expression(NumberText.Of(full), rest, false, null, "v").Write(_kernel.Element);
                    ReductionText.CombineFirst(_code, NumberText.Of(rest), value, reduction, Chain(0), "x");
                }
            }
        }));

        string target = Offset(_kernel.Target, null, 0);
        if (reduction == Reduction.Sum && ExpressionWriter.IsArithmetic(_kernel.Result))
        {
            _code.Line("float sum = L.SumLanes(lanes);");
            _code.Line($"{AddressText.Value("y", target)} = {Numbers("sum", "r").Write(_kernel.Result)};");
            return;
        }

        _code.Line($"L sum = {ReductionText.OfLanes(reduction, "lanes")};");
        _code.Line($"L.StoreFirst({Expression(null, 1, true, "sum", "r").Write(_kernel.Result)}, ref y, {target}, 1);");
    }

    /// <summary>As many elements as there are at run time, lane by lane.</summary>
    private void WriteCountedLanes(NestAxis vector, Reduction reduction)
    {
        _code.Line($"nint full = {vector.Count} & -16;");
        WriteLoop(vector, "full", Lanes.Count, () => Combine(Expression(vector.Name, Lanes.Count, false, null, "v"), reduction, Chain(0)));
        using (_code.Braces($"if (full < {vector.Count})"))
        {
            _code.Line($"int rest = (int)({vector.Count} - full);");
            string value = Expression("full", Rest, false, null, "v").Write(_kernel.Element);
            ReductionText.CombineFirst(_code, "rest", value, reduction, Chain(0), "x");
        }
    }

    private bool IsWrittenOut
    {
        get
        {
            const int MostOperations = 18;
            long operations = _loops.ReduceAxes.Aggregate(1L, (n, a) => n * a.Extent) * (1 + OperationCost.Of(_kernel.Element));
            return operations <= MostOperations && !_loops.ReduceAxes.Any(a => a.Size.IsOpen);
        }
    }

    /// <summary>The elements of one sum or maximum: written out where they are so few that counting them would take as long.</summary>
    private void EachReduced(Action body)
    {
        if (!IsWrittenOut)
        {
            Nested(_loops.ReduceAxes, body);
            return;
        }

        _loops.ReduceAxes.Reverse().Aggregate(body, (inner, axis) => () => OneByOne(axis, inner))();
    }
}
