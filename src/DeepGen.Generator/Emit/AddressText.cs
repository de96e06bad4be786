using DeepGen.Generator.Lower;
using Buffer = DeepGen.Generator.Lower.Buffer;

namespace DeepGen.Generator.Emit;

/// <summary>References into memory, and sums of index times stride with the trivial parts left out.</summary>
internal static class AddressText
{
    public static string Sum(long constant, IEnumerable<(string Index, long Stride)> terms)
    {
        var parts = terms.Where(t => t.Stride != 0)
            .Select(t => t.Stride == 1 ? t.Index : $"({t.Index} * {NumberText.Of(t.Stride)})")
            .ToList();
        if (constant != 0 || parts.Count == 0)
        {
            parts.Add(NumberText.Of(constant));
        }

        return string.Join(" + ", parts);
    }

    public static string Reference(string name, string offset) =>
        offset == "0" ? $"ref {name}" : $"ref Unsafe.Add(ref {name}, {offset})";

    /// <summary>The number there.</summary>
    public static string Value(string name, string offset) => offset == "0" ? name : $"Unsafe.Add(ref {name}, {offset})";

    /// <summary>The first element of a view as the Run method names it, given the sample loop around it, if any.</summary>
    public static string Base(View view, LoopVariable? sample)
    {
        Buffer buffer = view.Buffer;
        var terms = view.Terms.Select(t => (t.Alternates ? $"({t.Variable.Name} & 1)" : t.Variable.Name, t.Stride)).ToList();
        if (view.PerSample && sample is not null)
        {
            terms.Insert(0, (sample.Name, buffer.SampleStride));
        }

        // Kept values are bound one by one: how far apart they lie depends on the batch.
        long start = buffer.Memory == Memory.Kept ? 0 : buffer.Offset;
        return Reference(MemoryName(buffer), Sum(start + view.Offset, terms));
    }

    public static string MemoryName(Buffer buffer) => buffer.Memory switch
    {
        Memory.Input => "input" + NumberText.Of(buffer.Index),
        Memory.Output => "output" + NumberText.Of(buffer.Index),
        Memory.Weights => "weights",
        Memory.Parameters => "parameters",
        Memory.Workspace => buffer.IsOfThread ? "own" : "workspace",
        Memory.Kept => "kept" + NumberText.Of(buffer.Index),
        Memory.Values => "values",
        Memory.Sums => "sums",
        Memory.Gradients => "gradients",
        _ => "MemoryMarshal.GetReference(Constant" + NumberText.Of(buffer.Index) + ")",
    };
}
