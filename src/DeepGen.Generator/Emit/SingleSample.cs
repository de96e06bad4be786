using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>
/// One sample through a small program, in one method or few: there the loops over rows, the calls and the rented memory would cost
/// as much as the sums.
/// </summary>
internal static class SingleSample
{
    /// <summary>Vector operations in all.</summary>
    private const int Most = 200;

    /// <summary>
    /// Vector operations that are inlined, step by step; later steps are calls. The JIT has a budget for what a method consists of, and makes a call
    /// of every operation after it. With lanes of two registers it reaches this far.
    /// </summary>
    public const int MostInlined = 80;

    /// <summary>Scratch memory that the runtime lends for one sample: its SingleSample.Floats.</summary>
    public const int MostFloats = 768;

    /// <summary>What the steps' struct is declared to be.</summary>
    public const string Interface = "ISingleSample";

    public static bool Suits(ReadingProgram reading) =>
        reading.Name == "Predict"
        && reading.Graph.Inputs.Length == 1
        && reading.Graph.Outputs.Length == 1
        && reading.Graph.Inputs[0].Type.Element == Ir.ElementType.Float32
        && reading.Graph.Inputs.All(i => !i.Shape.IsOpen)
        && reading.Program.Buffers.All(b => b.Borders is null)
        && Cost(reading.Program.Statements) <= Most
        && WorkspaceLength(reading.Program) <= MostFloats;

    private static long Cost(IEnumerable<Statement> statements) => statements.Sum(s => s switch
    {
        KernelStatement { Kernel: var kernel } => Cost(kernel),
        LoopStatement { OverSamples: true } loop => Cost(loop.Body),
        _ => Most + 1,
    });

    /// <summary>Vector operations of one step.</summary>
    public static long Cost(Kernel kernel) => kernel switch
    {
        ContractKernel { Level: Level.Chunk } product =>
            Product(product.OuterExtents) * Vectors(product.Columns.Value) * (Product(product.DepthExtents) + OperationCost.Of(product.Result)),
        NestKernel nest =>
            (Vectors(Product(nest.Extents) * Product(nest.ReduceExtents)) * (1 + OperationCost.Of(nest.Element) + nest.Others.Sum(o => OperationCost.Of(o.Result))))
            + (Product(nest.Extents) * OperationCost.Of(nest.Result)),
        RowsKernel rows => Product(rows.Rows) * rows.Operations,
        _ => Most + 1,
    };

    private static long Product(IEnumerable<Ir.Size> extents) => extents.Aggregate(1L, (n, e) => n * e.Value);

    private static long Vectors(long values) => (values + Lanes.Count - 1) / Lanes.Count;

    /// <summary>Scratch memory for one sample.</summary>
    public static long WorkspaceLength(LoweredProgram program) => Close(program, length => length);

    /// <summary>Writes the method; write gives its steps once the buffers lie as close as one sample needs them.</summary>
    public static void Write(CodeWriter code, LoweredProgram program, Action<CodeWriter> write) => Close(program, _ =>
    {
        code.Line();
        code.Line("/// <summary>The same for one sample alone, without the ado that more need.</summary>");
        code.Line(MethodText.Inlined);
        using (code.Braces("public static void Single(ref float workspace, ref float weights, ref float input0, ref float output0)"))
        {
            code.Line("const int count = 1;");
            write(code);
        }

        return true;
    });

    /// <summary>What use makes of the length of the buffers while they lie as close as one sample needs them.</summary>
    private static T Close<T>(LoweredProgram program, Func<long, T> use)
    {
        T made = use(MemoryPlan.Assign(program.Statements, program.Buffers, chunk: 1));
        MemoryPlan.Assign(program.Statements, program.Buffers, program.Chunk);
        return made;
    }
}
