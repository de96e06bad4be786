using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>Loop nests: plain loops outside, sixteen lanes along one axis inside.</summary>
internal sealed class NestWriter
{
    /// <summary>An addition waits four cycles for the one before: a long sum is dealt out among four, added up at its end.</summary>
    private const int Sums = 4;

    private const int ShortestDealt = 32;
    private const int CostliestDealt = 10;

    private readonly CodeWriter _code;
    private readonly NestKernel _kernel;
    private readonly NestLoops _loops;
    private readonly List<LoadExpression> _loads;

    /// <summary>How far beyond its counter the innermost reduced axis is read.</summary>
    private int _ahead;

    public NestWriter(CodeWriter code, NestKernel kernel)
    {
        _code = code;
        _kernel = kernel;
        _loops = NestLoops.Plan(kernel);
        _loads = Loads(kernel);
    }

    /// <summary>Whether the method is called from one place alone, for one sample.</summary>
    public bool IsSingle { get; init; }

    public static IEnumerable<View> Arguments(NestKernel kernel) => Loads(kernel).Select(l => l.View).Append(kernel.Target);

    public static IEnumerable<string> ArgumentNames(NestKernel kernel) => Loads(kernel).Select((_, i) => Name(i)).Append("y");

    public void Write(string name)
    {
        _code.Line($"/// <summary>{Size(_kernel.Extents)}{(_kernel.Reduction is { } r ? $", each the {(r == Reduction.Sum ? "sum" : "maximum")} of {Size(_kernel.ReduceExtents)}" : "")}.</summary>");
        _code.Line($"[MethodImpl(MethodImplOptions.{(IsSingle ? "AggressiveInlining" : "AggressiveOptimization")})]");
        string parts = _kernel.IsParted ? ", int part, int parts" : "";
        using (_code.Braces($"private static void {name}({string.Join(", ", ArgumentNames(_kernel).Select(a => "ref float " + a))}{parts})"))
        {
            if (TransposedAxis() is { } along)
            {
                Nested(_loops.Axes.Where(a => a != _loops.Vector && a != along), () => WriteTranspose(along));
            }
            else if (_loops.SumsLanes)
            {
                Nested(_loops.Axes, WriteLaneReduction);
            }
            else
            {
                Nested(_loops.Axes.Where(a => a != _loops.Vector), WriteVectors);
            }
        }
    }

    /// <summary>The outermost loop over elements of the target, which threads share; its extent, or 1 if there is no such loop.</summary>
    public static int PartedExtent(NestKernel kernel) => new NestWriter(new CodeWriter(), kernel).PartedAxis()?.Extent ?? 1;

    private NestAxis? PartedAxis() => TransposedAxis() is { } along
        ? _loops.Axes.FirstOrDefault(a => a != _loops.Vector && a != along)
        : _loops.Axes.FirstOrDefault(a => _loops.SumsLanes || a != _loops.Vector);

    private static string Size(ImmutableArray<int> extents) =>
        (extents.All(e => e == 1) ? "1" : string.Join(" x ", extents.Where(e => e > 1))) + " values";

    private static List<LoadExpression> Loads(NestKernel kernel) =>
        (kernel.Reduction is null ? kernel.Result.Loads() : kernel.Element.Loads().Concat(kernel.Result.Loads())).Distinct().ToList();

    private static string Name(int load) => "x" + NumberText.Of(load);

    private void Nested(IEnumerable<NestAxis> axes, Action body)
    {
        List<NestAxis> rest = axes.ToList();
        if (rest.Count == 0)
        {
            body();
            return;
        }

        const int Few = 4;
        if (IsSingle && rest[0].Extent <= Few)
        {
            OneByOne(rest[0], () => Nested(rest.Skip(1), body));
            return;
        }

        bool isShared = _kernel.IsParted && rest[0] == PartedAxis();
        (string first, string end) = isShared ? PartText.Range(rest[0].Extent) : ("0", NumberText.Of(rest[0].Extent));
        using (_code.Braces($"for (nint {rest[0].Name} = {first}; {rest[0].Name} < {end}; {rest[0].Name}++)"))
        {
            Nested(rest.Skip(1), body);
        }
    }

    /// <summary>A loop written out.</summary>
    private void OneByOne(NestAxis axis, Action body)
    {
        for (int i = 0; i < axis.Extent; i++)
        {
            using (_code.Braces())
            {
                _code.Line($"const int {axis.Name} = {i};");
                body();
            }
        }
    }

    /// <summary>The elements of one sum or maximum: written out where they are so few that counting them would take as long.</summary>
    private void EachReduced(Action body)
    {
        const int Few = 9;
        bool isShort = _loops.ReduceAxes.Aggregate(1L, (n, a) => n * a.Extent) * (1 + OperationCost.Of(_kernel.Element)) <= 2 * Few;
        Write(_loops.ReduceAxes.ToList());

        void Write(List<NestAxis> axes)
        {
            if (axes.Count == 0)
            {
                body();
            }
            else if (isShort)
            {
                OneByOne(axes[0], () => Write(axes.Skip(1).ToList()));
            }
            else
            {
                Nested(axes, body);
            }
        }
    }

    /// <summary>The axis a plain copy reads along while it writes along another: such a pair is moved block by block.</summary>
    private NestAxis? TransposedAxis()
    {
        const int Shortest = 4;
        return _kernel.Reduction is null && _kernel.Result is LoadExpression load && _loops.Vector is { } vector
            && vector.Stride(load) is not (0 or 1) && vector.Extent >= Shortest
            ? _loops.Axes.Where(a => a != vector && a.Stride(load) == 1 && a.Extent >= Shortest).OrderByDescending(a => a.Extent).FirstOrDefault()
            : null;
    }

    private void WriteTranspose(NestAxis along)
    {
        NestAxis vector = _loops.Vector!;
        View source = _loads[0].View;
        string Start(View view) => AddressText.Sum(0, _loops.Axes.Where(a => a != vector && a != along).Select(a => (a.Name, a.Stride(view))));
        _code.Line(
            $"Blocks.Transpose({AddressText.Reference(Name(0), Start(source))}, {vector.Stride(source)}, "
            + $"{AddressText.Reference("y", Start(_kernel.Target))}, {along.TargetStride}, rows: {vector.Extent}, columns: {along.Extent});");
    }

    /// <summary>The vectorised axis: full vectors, then what is left over, padded, partial or one by one.</summary>
    private void WriteVectors()
    {
        if (_loops.Vector is not { } vector)
        {
            WriteElement(null, count: 1, single: true);
            return;
        }

        bool padded = _kernel.Target.PaddedRows && vector.IsTargetRow;
        bool strided = _loads.Any(l => vector.Stride(l) is not (0 or 1));
        int full = vector.Extent / Lanes.Count * Lanes.Count;
        int rest = vector.Extent % Lanes.Count;
        bool overrun = padded && !strided && _loads.All(l => vector.Stride(l) == 0 || l.View.Buffer.MayOverread);
        if (overrun && rest > 0)
        {
            full += Lanes.Count;
            rest = 0;
        }

        if (full > Lanes.Count)
        {
            using (_code.Braces($"for (nint {vector.Name} = 0; {vector.Name} < {full}; {vector.Name} += 16)"))
            {
                WriteElement(vector.Name, Lanes.Count, single: false);
            }
        }
        else if (full == Lanes.Count)
        {
            WriteScoped("0", Lanes.Count, alone: rest == 0);
        }

        if (rest == 0)
        {
            return;
        }

        if (strided)
        {
            using (_code.Braces($"for (nint {vector.Name} = {full}; {vector.Name} < {vector.Extent}; {vector.Name}++)"))
            {
                WriteElement(vector.Name, 1, single: true);
            }
        }
        else
        {
            WriteScoped(NumberText.Of(full), rest, alone: full == 0);
        }
    }

    /// <summary>In a scope of its own where another block of the same locals stands beside it.</summary>
    private void WriteScoped(string at, int count, bool alone)
    {
        if (alone)
        {
            WriteElement(at, count, single: false);
            return;
        }

        using (_code.Braces())
        {
            WriteElement(at, count, single: false);
        }
    }

    /// <summary>Count elements from an index of the vectorised axis on; single: the one element in every lane.</summary>
    private void WriteElement(string? at, int count, bool single)
    {
        string value = _kernel.Reduction is { } reduction ? WriteReduction(at, count, single, reduction) : Expression(at, count, single, null, "v").Write(_kernel.Result);
        if (_kernel.Reduction is not null)
        {
            value = Expression(at, count, single, value, "r").Write(_kernel.Result);
        }

        string offset = Offset(_kernel.Target, at, _loops.Vector?.TargetStride ?? 0);
        _code.Line(count == Lanes.Count && !single ? $"L.Store({value}, ref y, {offset});" : $"L.StoreFirst({value}, ref y, {offset}, {count});");
    }

    private string WriteReduction(string? at, int count, bool single, Reduction reduction)
    {
        _code.Line($"L sum = {Identity(reduction)};");
        if (reduction == Reduction.Sum && IsDealt)
        {
            WriteDealtSum(at, count, single);
            return "sum";
        }

        EachReduced(() =>
        {
            ExpressionWriter expression = Expression(at, count, single, null, "v");
            if (reduction == Reduction.Sum)
            {
                _code.Line(Combine(expression, reduction, "sum"));
                return;
            }

            // L.Max takes the other where one is not a number; but what is not a number must not be lost.
            string value = expression.Write(_kernel.Element);
            _code.Line($"L x = {value};");
            _code.Line("sum = L.Select(L.Equal(x, x), L.Max(x, sum), x);");
        });
        return "sum";
    }

    private bool IsDealt => _loops.ReduceAxes.LastOrDefault() is { } inner
        && inner.Extent >= ShortestDealt && inner.Extent % Sums == 0 && OperationCost.Of(_kernel.Element) <= CostliestDealt;

    private void WriteDealtSum(string? at, int count, bool single)
    {
        _code.Line($"L {string.Join(", ", Enumerable.Range(1, Sums - 1).Select(i => $"sum{i} = L.Zero"))};");
        NestAxis inner = _loops.ReduceAxes.Last();
        Nested(_loops.ReduceAxes.Take(_loops.ReduceAxes.Count() - 1), () =>
        {
            using (_code.Braces($"for (nint {inner.Name} = 0; {inner.Name} < {inner.Extent}; {inner.Name} += {Sums})"))
            {
                for (_ahead = 0; _ahead < Sums; _ahead++)
                {
                    string sum = _ahead == 0 ? "sum" : "sum" + NumberText.Of(_ahead);
                    _code.Line(Combine(Expression(at, count, single, null, $"v{_ahead}_"), Reduction.Sum, sum));
                }

                _ahead = 0;
            }
        });
        _code.Line("sum = (sum + sum1) + (sum2 + sum3);");
    }

    private string Combine(ExpressionWriter expression, Reduction reduction, string sum)
    {
        if (reduction == Reduction.Sum && _kernel.Element is OperationExpression { Op: ScalarOp.Multiply } product)
        {
            return $"{sum} = L.Fma({expression.Write(product.Arguments[0])}, {expression.Write(product.Arguments[1])}, {sum});";
        }

        string value = expression.Write(_kernel.Element);
        return reduction == Reduction.Sum ? $"{sum} = {sum} + {value};" : $"{sum} = L.Max({value}, {sum});";
    }

    /// <summary>A sum or maximum along the lanes: sixteen partial ones, then the fixed tree.</summary>
    private void WriteLaneReduction()
    {
        Reduction reduction = _kernel.Reduction!.Value;
        NestAxis vector = _loops.Vector!;
        _code.Line($"L lanes = {Identity(reduction)};");
        Nested(_loops.ReduceAxes.Where(a => a != vector), () =>
        {
            int full = vector.Extent / Lanes.Count * Lanes.Count;
            int rest = vector.Extent % Lanes.Count;
            if (full == Lanes.Count)
            {
                using (_code.Braces())
                {
                    _code.Line(Combine(Expression("0", Lanes.Count, false, null, "v"), reduction, "lanes"));
                }
            }
            else if (full > 0)
            {
                using (_code.Braces($"for (nint {vector.Name} = 0; {vector.Name} < {full}; {vector.Name} += 16)"))
                {
                    _code.Line(Combine(Expression(vector.Name, Lanes.Count, false, null, "v"), reduction, "lanes"));
                }
            }

            if (rest > 0)
            {
                using (_code.Braces())
                {
                    string value = Expression(NumberText.Of(full), rest, false, null, "v").Write(_kernel.Element);
                    string masked = $"L.Select(L.FirstLanes({rest}), {value}, {Identity(reduction)})";
                    _code.Line(reduction == Reduction.Sum ? $"lanes = lanes + {masked};" : $"lanes = L.Max({masked}, lanes);");
                }
            }
        });
        _code.Line($"L sum = L.Broadcast(L.{(reduction == Reduction.Sum ? "SumLanes" : "MaxLanes")}(lanes));");
        string result = Expression(null, 1, true, "sum", "r").Write(_kernel.Result);
        _code.Line($"L.StoreFirst({result}, ref y, {Offset(_kernel.Target, null, 0)}, 1);");
    }

    private static string Identity(Reduction reduction) =>
        reduction == Reduction.Sum ? "L.Zero" : "L.Broadcast(float.NegativeInfinity)";

    private ExpressionWriter Expression(string? at, int count, bool single, string? accumulator, string prefix) =>
        new(_code, load => LoadText(load, at, count, single), accumulator ?? "sum", prefix);

    private string LoadText(LoadExpression load, string? at, int count, bool single)
    {
        string name = Name(_loads.IndexOf(load));
        long stride = at is null ? 0 : _loops.Vector!.Stride(load);
        string offset = Offset(load.View, at, stride);
        if (stride == 0 || single)
        {
            return $"L.Broadcast({(offset == "0" ? name : $"Unsafe.Add(ref {name}, {offset})")})";
        }

        if (stride != 1)
        {
            return $"L.LoadStrided(ref {name}, {offset}, {NumberText.Of(stride)})";
        }

        return count == Lanes.Count || load.View.Buffer.MayOverread
            ? $"L.Load(ref {name}, {offset})"
            : $"L.LoadFirst(ref {name}, {offset}, {count})";
    }

    /// <summary>Index of the current element: the loops' counters times the view's strides, and the vectorised axis at its position.</summary>
    private string Offset(View view, string? at, long stride)
    {
        var terms = new List<(string, long)>();
        foreach (NestAxis axis in _loops.Axes.Concat(_loops.ReduceAxes).Where(a => a != _loops.Vector))
        {
            terms.Add((axis.Name, axis.Stride(view)));
        }

        long constant = _ahead == 0 ? 0 : _ahead * _loops.ReduceAxes.Last().Stride(view);
        if (at is not null)
        {
            if (long.TryParse(at, out long index))
            {
                constant += index * stride;
            }
            else
            {
                terms.Add((at, stride));
            }
        }

        return AddressText.Sum(constant, terms);
    }
}
