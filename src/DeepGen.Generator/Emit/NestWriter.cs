using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>Loop nests: plain loops outside, sixteen lanes along one axis inside.</summary>
internal sealed partial class NestWriter
{
    /// <summary>A number of elements that the emitted variable "rest" holds.</summary>
    private const int Rest = -1;

    /// <summary>
    /// So many vector operations load most of their constants anew for every vector: two vectors share them, as long as the method bears it.
    /// </summary>
    private const int FewestShared = 40;
    private const int MostInLine = 200;

    private readonly NestKernel _kernel;
    private readonly NestLoops _loops;
    private readonly List<LoadExpression> _loads;
    private CodeWriter _code;

    /// <summary>How far beyond its counter the vectorised axis is read.</summary>
    private int _beyond;

    public NestWriter(CodeWriter code, NestKernel kernel)
    {
        _code = code;
        _kernel = kernel;
        _loops = NestLoops.Plan(kernel);
        _loads = Loads(kernel);
    }

    /// <summary>Whether the method is called from one place alone, for one sample.</summary>
    public bool IsSingle { get; init; }

    public static IEnumerable<View> Arguments(NestKernel kernel) => Loads(kernel).Select(l => l.View).Concat(kernel.Targets);

    public static IEnumerable<string> ArgumentNames(NestKernel kernel) => Loads(kernel).Select((_, i) => Name(i)).Concat(kernel.Targets.Select((_, i) => TargetName(i)));

    public void Write(string name)
    {
        _code.Line($"/// <summary>{Size(_kernel.Extents)}{(_kernel.Reduction is { } r ? $", each the {(r == Reduction.Sum ? "sum" : "maximum")} of {Size(_kernel.ReduceExtents)}" : "")}.</summary>");
        _code.Line($"[MethodImpl(MethodImplOptions.{(IsSingle ? "AggressiveInlining" : "AggressiveOptimization")})]");
        string samples = _kernel.Running is null ? "" : ", nint count";
        string parts = SizeText.Parameters(_kernel.Symbols) + (_kernel.IsParted ? ", int part, int parts" : "");
        using (_code.Braces($"private static void {name}({string.Join(", ", ArgumentNames(_kernel).Select(a => "ref float " + a))}{samples}{parts})"))
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

    /// <summary>How many elements a kernel copies that lie end to end here and there; 0 where it does anything else.</summary>
    public static int CopiedRun(NestKernel kernel)
    {
        if (kernel.Reduction is not null || kernel.Running is not null || kernel.Above is not null || !kernel.Others.IsEmpty || kernel.Result is not LoadExpression load)
        {
            return 0;
        }

        ImmutableArray<NestAxis> axes = NestLoops.Plan(kernel).Axes;
        return axes.Length == 1 && axes[0].Size.IsConstant && axes[0].Stride(load) == 1 && axes[0].TargetStride == 1 ? axes[0].Extent : 0;
    }

    private NestAxis? PartedAxis() => TransposedAxis() is { } along
        ? _loops.Axes.FirstOrDefault(a => a != _loops.Vector && a != along)
        : _loops.Axes.FirstOrDefault(a => _loops.SumsLanes || a != _loops.Vector);

    private static string Size(ImmutableArray<Size> extents) =>
        (extents.Any(SizeText.IsLoop) ? string.Join(" x ", extents.Where(SizeText.IsLoop).Select(SizeText.Of)) : "1") + " values";

    private static List<LoadExpression> Loads(NestKernel kernel) =>
        (kernel.Reduction is null ? kernel.Results.SelectMany(r => r.Loads()) : kernel.Element.Loads().Concat(kernel.Result.Loads())).Distinct().ToList();

    private static string TargetName(int target) => target == 0 ? "y" : "y" + NumberText.Of(target);

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
        if (IsSingle && rest[0].Extent <= Few && rest[0].Size.IsConstant)
        {
            OneByOne(rest[0], () => Nested(rest.Skip(1), body));
            return;
        }

        bool isShared = _kernel.IsParted && rest[0] == PartedAxis();
        (string first, string end) = isShared ? PartText.Range(rest[0].Extent) : ("0", rest[0].Count);
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

    /// <summary>The axis a plain copy reads along while it writes along another: such a pair is moved block by block.</summary>
    private NestAxis? TransposedAxis()
    {
        const int Shortest = 4;
        return _kernel.Reduction is null && _kernel.Others.IsEmpty && _kernel.Result is LoadExpression load && _loops.Vector is { } vector
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
            + $"{AddressText.Reference("y", Start(_kernel.Target))}, {along.TargetStride}, rows: {Number(vector)}, columns: {Number(along)});");

        static string Number(NestAxis axis) => (axis.Size.IsOpen ? "(int)" : "") + axis.Count;
    }

    /// <summary>The vectorised axis: full vectors, then what is left over, padded, partial or one by one.</summary>
    private void WriteVectors()
    {
        if (_loops.Vector is not { } vector)
        {
            WriteElement(null, count: 1, single: true);
            return;
        }

        bool padded = _kernel.Targets.All(t => t.PaddedRows) && vector.IsTargetRow;
        bool strided = _loads.Any(l => vector.Stride(l) is not (0 or 1));
        bool overrun = padded && !strided && _loads.All(l => vector.Stride(l) == 0 || l.View.Buffer.MayOverread);
        if (vector.Size.IsOpen)
        {
            WriteCountedVectors(vector, overrun, strided);
            return;
        }

        int full = vector.Extent / Lanes.Count * Lanes.Count;
        int rest = vector.Extent % Lanes.Count;
        if (overrun && rest > 0)
        {
            full += Lanes.Count;
            rest = 0;
        }

        if (full > Lanes.Count)
        {
            string end = End(full);
            bool arePaired = full % (2 * Lanes.Count) == 0 && SharesConstants(vectors: rest > 0 ? 3 : 2);
            using (_code.Braces($"for (nint {vector.Name} = 0; {vector.Name} < {end}; {vector.Name} += {(arePaired ? 32 : 16)})"))
            {
                if (arePaired)
                {
                    WriteTwo(vector);
                }
                else
                {
                    WriteElement(vector.Name, Lanes.Count, single: false);
                }
            }

            if (_loops.Row is not null)
            {
                using (_code.Braces($"for (nint {vector.Name} = {end}; {vector.Name} < {full}; {vector.Name} += 16)"))
                {
                    _code.Line($"L.Store({Number(_kernel.Above!.Value)}, ref y, {Offset(_kernel.Target, vector.Name, vector.TargetStride)});");
                }
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

    private bool SharesConstants(int vectors) => _kernel.Reduction is null && _kernel.Running is null && _loops.Row is null
        && OperationCost.InLine(_kernel.Results) is >= FewestShared and var operations && vectors * operations <= MostInLine;

    /// <summary>Two vectors, operation by operation.</summary>
    private void WriteTwo(NestAxis vector)
    {
        string[] first = Lines(0), second = Lines(Lanes.Count);
        for (int i = 0; i < first.Length; i++)
        {
            _code.Line(first[i]);
            _code.Line(second[i]);
        }

        string[] Lines(int beyond)
        {
            CodeWriter code = _code;
            (_code, _beyond) = (new CodeWriter(), beyond);
            WriteElement(vector.Name, Lanes.Count, single: false);
            string text = _code.ToString();
            (_code, _beyond) = (code, 0);
            return text.TrimEnd('\n').Split('\n');
        }
    }

    /// <summary>As many elements as there are at run time.</summary>
    private void WriteCountedVectors(NestAxis vector, bool overrun, bool strided)
    {
        _code.Line($"nint {vector.Name} = 0;");
        using (_code.Braces(overrun
            ? $"for (; {vector.Name} < {vector.Count}; {vector.Name} += 16)"
            : $"for (; {vector.Name} + 16 <= {vector.Count}; {vector.Name} += 16)"))
        {
            WriteElement(vector.Name, Lanes.Count, single: false);
        }

        if (strided)
        {
            using (_code.Braces($"for (; {vector.Name} < {vector.Count}; {vector.Name}++)"))
            {
                WriteElement(vector.Name, 1, single: true);
            }
        }
        else if (!overrun)
        {
            using (_code.Braces($"if ({vector.Name} < {vector.Count})"))
            {
                _code.Line($"int rest = (int)({vector.Count} - {vector.Name});");
                WriteElement(vector.Name, Rest, single: false);
            }
        }
    }

    /// <summary>Where the vectors end that are computed: all of them, or those up to the diagonal.</summary>
    private string End(int full)
    {
        if (_loops.Row is not { } row)
        {
            return NumberText.Of(full);
        }

        _code.Line($"nint end = Math.Min({full}, ({row.Name} & -16) + 16);");
        return "end";
    }

    private static string Number(float value) => value == 0 ? "L.Zero" : $"L.Broadcast({NumberText.Of(value)})";

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
        if (_kernel.Running is { } running)
        {
            WriteRunning(running, at, count, single);
            return;
        }

        string? sum = _kernel.Reduction is { } reduction ? WriteReduction(at, count, single, reduction) : null;
        ExpressionWriter expressions = Expression(at, count, single, sum, sum is not null ? "r" : _beyond == 0 ? "v" : "w");

        // All are computed before one is stored: in their places may be what others are computed from.
        List<string> values = _kernel.Results.Select(expressions.Write).ToList();
        int number = 0;
        foreach (View target in _kernel.Targets)
        {
            string y = TargetName(number), value = values[number++];
            string offset = Offset(target, at, _loops.Vector?.TargetStride ?? 0);
            Store(value, y, offset, count, single);
        }
    }

    private void Store(string value, string y, string offset, int count, bool single) =>
        _code.Line(count == Lanes.Count && !single ? $"L.Store({value}, ref {y}, {offset});" : $"L.StoreFirst({value}, ref {y}, {offset}, {CountText(count)});");

    /// <summary>What every sample adds, one after the other.</summary>
    private void WriteRunning(LoadExpression running, string? at, int count, bool single)
    {
        _code.Line($"L sum = {LoadText(running, at, count, single)};");
        using (_code.Braces("for (nint sample = 0; sample < count; sample++)"))
        {
            var expressions = new ExpressionWriter(_code, load => load == running ? "sum" : LoadText(load, at, count, single), "sum", "v");
            _code.Line($"sum = {expressions.Write(_kernel.Result)};");
        }

        Store("sum", "y", Offset(_kernel.Target, at, _loops.Vector?.TargetStride ?? 0), count, single);
    }

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
            : $"L.LoadFirst(ref {name}, {offset}, {CountText(count)})";
    }

    private static string CountText(int count) => count == Rest ? "rest" : NumberText.Of(count);

    /// <summary>Index of the current element: the loops' counters times the view's strides, and the vectorised axis at its position.</summary>
    private string Offset(View view, string? at, long stride)
    {
        var terms = new List<(string, long)>();
        if (_kernel.Running is not null && view.PerSample)
        {
            terms.Add(("sample", view.Buffer.SampleStride));
        }

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
                constant += _beyond * stride;
            }
        }

        return AddressText.Sum(constant, terms);
    }
}
