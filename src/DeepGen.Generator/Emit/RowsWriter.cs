using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>
/// Steps over the same rows in one method: loops over the rows, and in them vector after vector written out, so that what steps make is in locals.
/// </summary>
internal sealed class RowsWriter
{
    private readonly CodeWriter _code;
    private readonly RowsKernel _kernel;
    private readonly List<View> _reads;
    private readonly List<View> _stored;

    /// <summary>What steps have made of the row: a local for each vector, or the same one for all.</summary>
    private readonly List<(View View, string[] Locals)> _made = [];

    public RowsWriter(CodeWriter code, RowsKernel kernel)
    {
        _code = code;
        _kernel = kernel;
        (_reads, _stored) = (kernel.Reads.ToList(), kernel.Targets.ToList());
    }

    /// <summary>Whether the method is a part of the one that calls it.</summary>
    public bool IsInlined { get; init; }

    public void Write(string name)
    {
        string rows = string.Concat(_kernel.Rows.Select(r => SizeText.Of(r) + " x "));
        _code.Line($"/// <summary>{rows}{_kernel.Length} values, row by row: {string.Join(", ", _kernel.Steps.Select(Named))}.</summary>");
        _code.Line(IsInlined ? MethodText.Inlined : MethodText.Kernel);
        IEnumerable<string> memories = _reads.Select((_, i) => "x" + NumberText.Of(i)).Concat(_stored.Select((_, i) => TargetName(i)));
        using (_code.Braces($"private static void {name}({string.Join(", ", memories.Select(m => "ref float " + m))}{SizeText.Parameters(_kernel.Symbols)})"))
        {
            WriteRows(0);
        }
    }

    private static string Named(RowStep step) => step.Reduction switch
    {
        Reduction.Sum => "their sum",
        Reduction.Max => "their maximum",
        _ => step.IsOfElements ? "map" : "one value",
    };

    private void WriteRows(int axis)
    {
        if (axis == _kernel.Rows.Length)
        {
            for (int i = 0; i < _kernel.Steps.Length; i++)
            {
                WriteStep(_kernel.Steps[i], $"{(char)('a' + i)}");
            }

            return;
        }

        string counter = Counter(axis);
        using (_code.Braces($"for (nint {counter} = 0; {counter} < {SizeText.Of(_kernel.Rows[axis])}; {counter}++)"))
        {
            WriteRows(axis + 1);
        }
    }

    private void WriteStep(RowStep step, string letter)
    {
        if (step.Reduction is { } reduction)
        {
            WriteSum(step, reduction, letter);
        }
        else
        {
            WriteValues(step, letter, step.IsOfElements, "");
        }
    }

    private void WriteSum(RowStep step, Reduction reduction, string letter)
    {
        _code.Line($"L {letter} = {ReductionText.Identity(reduction)};");
        for (int vector = 0; vector < _kernel.Vectors; vector++)
        {
            string prefix = Prefix(letter, vector, true);
            ExpressionWriter expressions = Expressions(vector, prefix, "");
            if (Count(vector) == Lanes.Count)
            {
                ReductionText.Combine(_code, expressions, step.Element, reduction, letter, prefix + "0");
            }
            else
            {
                ReductionText.CombineFirst(_code, NumberText.Of(Count(vector)), expressions.Write(step.Element), reduction, letter, prefix + "0");
            }
        }

        string all = letter + "All";
        _code.Line($"L {all} = {ReductionText.OfLanes(reduction, letter)};");
        WriteValues(step, all, false, all);
    }

    /// <summary>The values of a step: for every vector, or one that all lanes have.</summary>
    private void WriteValues(RowStep step, string name, bool isOfElements, string accumulator)
    {
        int vectors = isOfElements ? _kernel.Vectors : 1;
        string[][] locals = step.Outputs.Select(_ => new string[vectors]).ToArray();
        for (int vector = 0; vector < vectors; vector++)
        {
            string prefix = Prefix(name, vector, isOfElements);
            ExpressionWriter expressions = Expressions(isOfElements ? vector : -1, prefix, accumulator);
            for (int output = 0; output < step.Outputs.Length; output++)
            {
                string value = expressions.Write(step.Outputs[output].Value);
                if (!value.All(c => char.IsLetterOrDigit(c) || c == '_'))
                {
                    string local = $"{prefix}{(char)('a' + output)}";
                    _code.Line($"L {local} = {value};");
                    value = local;
                }

                locals[output][vector] = value;
            }

            for (int output = 0; output < step.Outputs.Length; output++)
            {
                if (step.Outputs[output].IsStored)
                {
                    Store(step.Outputs[output].Target, locals[output][vector], isOfElements ? vector : -1);
                }
            }
        }

        _made.AddRange(step.Outputs.Select((o, i) => (o.Target, locals[i])));
    }

    private string Prefix(string name, int vector, bool isOfElements) =>
        isOfElements && _kernel.Vectors > 1 ? $"{name}{NumberText.Of(vector)}_" : name;

    private void Store(View target, string value, int vector)
    {
        string y = TargetName(_stored.IndexOf(target)), at = Offset(target, Math.Max(vector, 0));
        bool isWhole = vector >= 0 && (Count(vector) == Lanes.Count || target.PaddedRows);
        _code.Line(isWhole ? $"L.Store({value}, ref {y}, {at});" : $"L.StoreFirst({value}, ref {y}, {at}, {NumberText.Of(vector < 0 ? 1 : Count(vector))});");
    }

    private ExpressionWriter Expressions(int vector, string prefix, string accumulator) => new(_code, l => Load(l.View, vector), accumulator, prefix);

    private string Load(View view, int vector)
    {
        if (_made.FirstOrDefault(m => m.View.IsSame(view)).Locals is { } locals)
        {
            return locals[locals.Length == 1 ? 0 : vector];
        }

        string x = "x" + NumberText.Of(_reads.FindIndex(view.IsSame)), at = Offset(view, Math.Max(vector, 0));
        return view.Strides[view.Strides.Length - 1] == 0 ? $"L.Broadcast({AddressText.Value(x, at)})"
            : Count(vector) == Lanes.Count || view.Buffer.MayOverread ? $"L.Load(ref {x}, {at})"
            : $"L.LoadFirst(ref {x}, {at}, {NumberText.Of(Count(vector))})";
    }

    private int Count(int vector) => Math.Min(Lanes.Count, _kernel.Length - (vector * Lanes.Count));

    private string Offset(View view, int vector)
    {
        int row = view.Strides.Length - 1;
        return AddressText.Sum(vector * Lanes.Count * view.Strides[row], Enumerable.Range(0, row).Select(a => (Counter(a), view.Strides[a])));
    }

    private static string Counter(int axis) => "row" + (axis == 0 ? "" : NumberText.Of(axis + 1));

    private static string TargetName(int target) => target == 0 ? "y" : "y" + NumberText.Of(target);
}
