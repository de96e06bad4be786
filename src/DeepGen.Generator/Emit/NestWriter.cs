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

    private readonly NestKernel _kernel;
    private readonly NestLoops _loops;
    private readonly List<LoadExpression> _loads;
    private CodeWriter _code;

    /// <summary>Whether the method being written goes two vectors at a time.</summary>
    private bool _inPairs;

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

    /// <summary>Whether the method is a part of the one that calls it.</summary>
    public bool IsInlined { get; init; }

    public static IEnumerable<View> Arguments(NestKernel kernel) => Loads(kernel).Select(l => l.View).Concat(kernel.Targets);

    public static IEnumerable<string> ArgumentNames(NestKernel kernel) => Loads(kernel).Select((_, i) => Name(i)).Concat(kernel.Targets.Select((_, i) => TargetName(i)));

    public void Write(string name)
    {
        _code.Line($"/// <summary>{Size(_kernel.Extents)}{(_kernel.Reduction is { } r ? $", each the {(r == Reduction.Sum ? "sum" : "maximum")} of {Size(_kernel.ReduceExtents)}" : "")}.</summary>");
        if (!ArePaired || IsSingle || _kernel.WhereNarrow is not null)
        {
            WriteMethod(name);
            return;
        }

        // Two methods, as compilers take what is never run for a part of the method.
        IEnumerable<string> arguments = ArgumentNames(_kernel).Select(a => "ref " + a)
            .Concat(_kernel.Symbols.Select(SizeNames.Of)).Concat(_kernel.IsParted ? ["part", "parts"] : []);
        string call = $"({string.Join(", ", arguments)});";
        using (_code.Braces(Signature(name)))
        {
            TileRoom.Choose(_code, () => _code.Line(name + "InPairs" + call), () => _code.Line(name + "OneByOne" + call));
        }

        _code.Line();
        _inPairs = true;
        WriteMethod(name + "InPairs");
        _inPairs = false;
        _code.Line();
        WriteMethod(name + "OneByOne");
    }

    private string Signature(string name)
    {
        string samples = _kernel.Running is null ? "" : ", nint count";
        string parts = SizeText.Parameters(_kernel.Symbols) + (_kernel.IsParted ? ", int part, int parts" : "");
        return $"private static void {name}({string.Join(", ", ArgumentNames(_kernel).Select(a => "ref float " + a))}{samples}{parts})";
    }

    private void WriteMethod(string name)
    {
        _code.Line(IsInlined ? MethodText.Inlined : MethodText.Kernel);
        using (_code.Braces(Signature(name)))
        {
            if (_kernel.WhereNarrow is { } narrow)
            {
                narrow.IsParted = _kernel.IsParted;
                TileRoom.Choose(_code, WriteLoops, new NestWriter(_code, narrow).WriteLoops);
            }
            else
            {
                WriteLoops();
            }
        }
    }

    private void WriteLoops()
    {
        if (TransposedAxis() is { } along)
        {
            Nested(_loops.Axes.Where(a => a != _loops.Vector && a != along), () => WriteTranspose(along));
        }
        else if (_loops.SumsLanes)
        {
            Nested(_loops.Axes, WriteLaneReduction);
        }
        else if (AxisBeside() is { } beside)
        {
            Nested(_loops.Axes.Where(a => a != _loops.Vector && a != beside), () => WriteBeside(beside));
        }
        else
        {
            Nested(_loops.Axes.Where(a => a != _loops.Vector), WriteVectors);
        }
    }

    /// <summary>How far the loop goes that threads share, or 1 if there is no such loop.</summary>
    public static int PartedExtent(NestKernel kernel) => PartedAxis(kernel)?.Extent ?? 1;

    /// <summary>The outermost loop over elements of the target, which threads share.</summary>
    public static NestAxis? PartedAxis(NestKernel kernel) => new NestWriter(new CodeWriter(), kernel).PartedAxis();

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

        if (rest[0] == _pieces?.Axis)
        {
            WriteLoop(rest[0], rest[0].Count, 1, () => Nested(rest.Skip(1), body));
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

    /// <summary>Count elements from an index of the vectorised axis on; single: the one element in every lane.</summary>
    private void WriteElement(string? at, int count, bool single)
    {
        if (_kernel.Running is { } running)
        {
            WriteRunning(running, at, count, single);
            return;
        }

        if (_kernel.Reduction is { } reduction)
        {
            WriteReduction(at, count, single, reduction);
        }

        EachVector(() => WriteResults(at, count, single));
    }

    private void WriteResults(string? at, int count, bool single)
    {
        bool isReduced = _kernel.Reduction is not null;
        ExpressionWriter expressions = Expression(at, count, single, isReduced ? SumName : null, OfVector(isReduced ? "r" : _beyond == 0 ? "v" : "w"));

        // All are computed before one is stored: in their places may be what others are computed from.
        List<string> values = _kernel.Results.Select(expressions.Write).ToList();
        int number = 0;
        foreach (View target in _kernel.Targets)
        {
            string y = TargetName(number), value = values[number++];
            Store(value, y, target, at, count, single);
        }
    }

    private void Store(string value, string y, View target, string? at, int count, bool single)
    {
        long stride = _loops.Vector?.TargetStride ?? 0;
        string offset = Offset(target, at, stride);
        _code.Line(
            _isTwin ? $"L.StoreHalves({value}, ref {y}, {offset}, {Offset(target, at, stride, second: true)});"
            : count == Lanes.Count && !single ? $"L.Store({value}, ref {y}, {offset});"
            : $"L.StoreFirst({value}, ref {y}, {offset}, {CountText(count)});");
    }

    /// <summary>What every sample adds, one after the other.</summary>
    private void WriteRunning(LoadExpression running, string? at, int count, bool single)
    {
        _code.Line($"L sum = {LoadText(running, at, count, single)};");
        using (_code.Braces("for (nint sample = 0; sample < count; sample++)"))
        {
            var expressions = new ExpressionWriter(_code, load => load == running ? "sum" : LoadText(load, at, count, single), "sum", "v");
            _code.Line($"sum = {expressions.Write(_kernel.Result)};");
        }

        Store("sum", "y", _kernel.Target, at, count, single);
    }

    private ExpressionWriter Expression(string? at, int count, bool single, string? accumulator, string prefix) =>
        new(_code, load => LoadText(load, at, count, single), accumulator ?? "sum", prefix);

    /// <summary>The same over single numbers.</summary>
    private ExpressionWriter Numbers(string accumulator, string prefix) =>
        new(_code, load => AddressText.Value(Name(_loads.IndexOf(load)), Offset(load.View, null, 0)), accumulator, prefix) { OfNumbers = true };

    private string LoadText(LoadExpression load, string? at, int count, bool single)
    {
        string name = Name(_loads.IndexOf(load));
        long stride = at is null ? 0 : _loops.Vector!.Stride(load);
        string offset = Offset(load.View, at, stride);
        if (_isTwin)
        {
            return HalvesText.Load(name, offset, Offset(load.View, at, stride, second: true), areRuns: stride == 1);
        }

        if (stride == 0 || single)
        {
            return $"L.Broadcast({AddressText.Value(name, offset)})";
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
    private string Offset(View view, string? at, long stride, bool second = false)
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

        long constant = Aside(view, second) + (_ahead == 0 ? 0 : _ahead * _loops.ReduceAxes.Last().Stride(view));
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
