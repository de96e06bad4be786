using System.Text;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>A lowered program as text: the loops, the kernels in them, and what each reads and writes where.</summary>
internal static class LoweredText
{
    public static void Write(StringBuilder text, IEnumerable<Statement> statements, int depth)
    {
        string indent = new(' ', depth * 4);
        foreach (Statement statement in statements)
        {
            if (statement is LoopStatement { IsOfFirstPart: true } first)
            {
                text.Append(indent).Append("first part\n");
                Write(text, first.Body, depth + 1);
                continue;
            }

            if (statement is LearnedProduct learned)
            {
                text.Append(indent).Append(FormattableString.Invariant($"block by block, {learned.Product.Blocks} of them, learned at once\n"));
                Write(text, learned.Preparing is { } preparing ? [learned.Statement, preparing] : [learned.Statement], depth + 1);
                continue;
            }

            if (statement is LoopStatement loop)
            {
                string count = loop.Condition is { } condition ? (condition.IsThere ? "if there is a target" : "if there is none") : loop.OverSamples ? "every sample" : FormattableString.Invariant($"{loop.Count} times");
                text.Append(indent).Append("for ").Append(loop.Variable.Name).Append(": ").Append(count).Append('\n');
                Write(text, loop.Body, depth + 1);
                continue;
            }

            Kernel kernel = ((KernelStatement)statement).Kernel;
            string narrow = kernel is NestKernel { WhereNarrow: { } other } ? $" or, where registers are narrow, {Place(other.Target)}" : "";
            string where = kernel.Where switch { Registers.Wide => "where registers are wide: ", Registers.Narrow => "where they are narrow: ", _ => "" };
            text.Append(indent).Append(where).Append(string.Join(", ", kernel.Targets.Select(Place))).Append(narrow).Append(" = ").Append(Extents(kernel));
            text.Append(" from ").Append(string.Join(", ", kernel.Reads.Select(Place).Distinct()));
            text.Append("  // ").Append(kernel.Title).Append('\n');
        }
    }

    private static string Extents(Kernel kernel) => kernel switch
    {
        ContractKernel k => FormattableString.Invariant(
            $"{(k.Window is { } window ? $"{window.Reduction} over [{window.Lines} x {window.Pixels}] of " : "")}product [{string.Join(" x ", k.OuterExtents.Append(k.Rows).Select(Text))}] x {k.Columns} along [{string.Join(" x ", k.DepthExtents.Select(Text))}]{(k.Lists is null ? "" : " or, where zeros are many, without them")}"),
        NestKernel { Reduction: { } reduction } k => $"{reduction} [{string.Join(" x ", k.Extents)}] over [{string.Join(" x ", k.ReduceExtents)}]",
        NestKernel { Running: not null } k => $"running sum [{string.Join(" x ", k.Extents)}]",
        NestKernel k => $"map [{string.Join(" x ", k.Extents)}]",
        RowsKernel k => FormattableString.Invariant($"{k.Steps.Length} steps over rows [{string.Join(" x ", k.Rows.Append(k.Length))}]"),
        SparseKernel k => FormattableString.Invariant($"{(k.Matrix.IsTransposed ? "transposed " : "")}sparse [{Text(k.Rows)} x {k.Columns}]"),
        EdgeKernel k => FormattableString.Invariant($"{(k.Matrix.IsTransposed ? "transposed " : "")}edges [{Text(k.Rows)} x {k.Columns}]"),
        GatherKernel k => $"gather [{string.Join(" x ", k.IndexExtents.Concat(k.RowExtents))}]",
        LiveListKernel k => FormattableString.Invariant($"list [{k.Windows.Rows} x {k.Windows.Columns} x {k.Windows.Channels}]"),
        LiveFilterKernel k => FormattableString.Invariant($"winners of {k.Windows.Channels} x {k.Windows.Count} by {k.Patch.Vectors} vectors"),
        LiveImageKernel k => FormattableString.Invariant($"winners of {k.Windows.Count} x {k.Windows.Channels} by {k.Patch.Vectors} vectors"),
        SizeKernel k => $"size {k.Size}",
        NoiseKernel k => FormattableString.Invariant($"noise [{string.Join(" x ", k.Extents)}]"),
        TileInputKernel k => $"tiles of inputs [{k.Grid.Rows} x {k.Grid.Columns}] x {k.Channels}",
        TileOutputKernel k => $"tiles of outputs [{k.Grid.Rows} x {k.Grid.Columns}] x {k.Channels}",
        _ => "",
    };

    private static string Text(Size size) => size.IsBatch ? "samples" : size.ToString();

    private static string Place(View view)
    {
        Buffer buffer = view.Buffer;
        string name = buffer.Memory.ToString().ToLowerInvariant();
        string memory = buffer.Memory is Memory.Input or Memory.Output or Memory.Constant
            ? FormattableString.Invariant($"{name}{buffer.Index}")
            : FormattableString.Invariant($"{name}+{buffer.Offset + view.Offset}");
        string terms = string.Concat(view.Terms.Select(t => FormattableString.Invariant($"+{t.Variable.Name}{(t.Alternates ? "&1" : "")}*{t.Stride}")));
        return $"{memory}{terms}({string.Join(",", view.Strides)})";
    }
}
