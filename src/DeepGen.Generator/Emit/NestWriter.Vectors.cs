using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>The vectorised axis of a nest.</summary>
internal sealed partial class NestWriter
{
    /// <summary>
    /// So many vector operations load most of their constants anew for every vector: two vectors share them, as long as the method bears it, where
    /// a register holds all lanes. Where two registers do, halves share them as it is.
    /// </summary>
    private const int FewestShared = 40;
    private const int MostInLine = 200;

    /// <summary>The vectorised axis: full vectors, then what is left over, padded, partial or one by one.</summary>
    private void WriteVectors()
    {
        if (_loops.Vector is not { } vector)
        {
            WriteElement(null, count: 1, single: true);
            return;
        }

        bool strided = IsStrided(vector);
        if (vector.Size.IsOpen)
        {
            WriteCountedVectors(vector, MayOverrun(vector), strided);
            return;
        }

        (int full, int rest) = WholeVectors(vector);
        if (full > Lanes.Count)
        {
            string end = End(full);
            using (_code.Braces($"for (nint {vector.Name} = 0; {vector.Name} < {end}; {vector.Name} += {(_inPairs ? 32 : 16)})"))
            {
                if (_inPairs)
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

    private bool IsStrided(NestAxis vector) => _loads.Any(l => vector.Stride(l) is not (0 or 1));

    /// <summary>Whether what pads a row may be computed as well.</summary>
    private bool MayOverrun(NestAxis vector) => _kernel.Targets.All(t => t.PaddedRows) && vector.IsTargetRow && !IsStrided(vector)
        && _loads.All(l => vector.Stride(l) == 0 || l.View.Buffer.MayOverread);

    /// <summary>The elements in whole vectors, and those that are left over.</summary>
    private (int Full, int Left) WholeVectors(NestAxis vector)
    {
        int rest = vector.Extent % Lanes.Count;
        int full = vector.Extent - rest;
        return rest > 0 && MayOverrun(vector) ? (full + Lanes.Count, 0) : (full, rest);
    }

    /// <summary>Whether two vectors at a time pay.</summary>
    private bool ArePaired => !_loops.SumsLanes && _loops.Vector is { Size.IsOpen: false } vector && WholeVectors(vector) is var (full, rest)
        && full > Lanes.Count && full % (2 * Lanes.Count) == 0 && TransposedAxis() is null && SharesConstants(vectors: rest > 0 ? 3 : 2);

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
}
