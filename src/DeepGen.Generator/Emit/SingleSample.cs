using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>
/// One sample through a small program, in one method: there the loops over rows, the calls and the rented memory would cost
/// as much as the sums.
/// </summary>
internal static class SingleSample
{
    /// <summary>Vector operations in all: they end up in one method, which compilers handle well up to some 200.</summary>
    private const int Most = 200;

    public static bool Suits(ReadingProgram reading) =>
        reading.Name == "Predict"
        && reading.Graph.Inputs.Length == 1
        && reading.Graph.Outputs.Length == 1
        && reading.Graph.Inputs[0].Type.Element == Ir.ElementType.Float32
        && reading.Graph.Inputs.All(i => !i.Shape.IsOpen)
        && reading.Program.Buffers.All(b => b.Borders is null)
        && Cost(reading.Program.Statements) <= Most;

    private static long Cost(IEnumerable<Statement> statements) => statements.Sum(s => s switch
    {
        KernelStatement { Kernel: ContractKernel { Level: Level.Chunk } product } =>
            Product(product.OuterExtents) * Vectors(product.Columns.Value) * (Product(product.DepthExtents) + OperationCost.Of(product.Result)),
        KernelStatement { Kernel: NestKernel nest } =>
            (Vectors(Product(nest.Extents) * Product(nest.ReduceExtents)) * (1 + OperationCost.Of(nest.Element) + nest.Others.Sum(o => OperationCost.Of(o.Result))))
            + (Product(nest.Extents) * OperationCost.Of(nest.Result)),
        KernelStatement { Kernel: RowsKernel rows } => Product(rows.Rows) * rows.Operations,
        LoopStatement { OverSamples: true } loop => Cost(loop.Body),
        _ => Most + 1,
    });

    private static long Product(IEnumerable<Ir.Size> extents) => extents.Aggregate(1L, (n, e) => n * e.Value);

    private static long Vectors(long values) => (values + Lanes.Count - 1) / Lanes.Count;

    /// <summary>Writes the method; write gives its steps once the buffers lie as close as one sample needs them.</summary>
    public static void Write(CodeWriter code, LoweredProgram program, Action<CodeWriter> write)
    {
        long length = MemoryPlan.Assign(program.Statements, program.Buffers, chunk: 1);
        code.Line();
        code.Line("/// <summary>The same for one sample alone, without the ado that more need.</summary>");
        code.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (code.Braces("public static void Single(ref float weights, ref float input0, ref float output0)"))
        {
            code.Line("const int count = 1;");
            if (length > 0)
            {
                code.Line($"Span<float> scratch = stackalloc float[{length} + Scratch.Slack];");
                code.Line("ref float workspace = ref Scratch.Start(scratch);");
            }

            write(code);
        }

        MemoryPlan.Assign(program.Statements, program.Buffers, program.Chunk);
    }
}
