using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>Whether a kernel handles one sample per call, inside a sample loop, or all samples of a chunk.</summary>
internal enum Level
{
    Sample,
    Chunk,
}

/// <summary>Whether a register holds all lanes.</summary>
internal enum Registers
{
    Any,
    Wide,
    Narrow,
}

/// <summary>One emitted step: loops that write one tensor. Title names the layers in it, for the reader.</summary>
internal abstract class Kernel(string title, View target, Level level)
{
    public string Title { get; } = title;

    public View Target { get; } = target;

    public Level Level { get; } = level;

    public abstract IEnumerable<View> Reads { get; }

    /// <summary>How far its loops go.</summary>
    public virtual IEnumerable<Size> Sizes => [];

    /// <summary>The sizes known at run time only that it has to be told.</summary>
    public IEnumerable<string> Symbols => Sizes.Where(s => s.IsOpen).Select(s => s.Symbol!).Distinct();

    /// <summary>The loops around it whose counters it has to be told.</summary>
    public virtual IEnumerable<LoopVariable> Counters => [];

    /// <summary>Everything it writes.</summary>
    public virtual IEnumerable<View> Targets => [Target];

    /// <summary>What it reads, and what it writes.</summary>
    public IEnumerable<View> Views => Reads.Concat(Targets);

    /// <summary>Whether a call does a part of the work only: part p of n, for threads that share it.</summary>
    public bool IsParted { get; set; }

    /// <summary>Where it is called; elsewhere others do what it does.</summary>
    public Registers Where { get; set; }
}

/// <summary>
/// target[i…] = Result(reduce over k… of Element): elementwise chains, copies, pooling, sums, depthwise convolutions.
/// Views have the axes Extents followed by ReduceExtents; the sample axis is not among them.
/// </summary>
internal sealed class NestKernel(
    string title,
    View target,
    ImmutableArray<Size> extents,
    ImmutableArray<Size> reduceExtents,
    Reduction? reduction,
    Expression element,
    Expression result,
    LoadExpression? running = null) : Kernel(title, target, running is null ? Level.Sample : Level.Chunk)
{
    public ImmutableArray<Size> Extents { get; } = extents;

    /// <summary>What the target held before, in Result: a sum that stays in registers while a call goes through the samples of a chunk.</summary>
    public LoadExpression? Running { get; } = running;

    public ImmutableArray<Size> ReduceExtents { get; } = reduceExtents;

    /// <summary>Null where nothing is reduced: then Result is the element itself.</summary>
    public Reduction? Reduction { get; } = reduction;

    public Expression Element { get; } = element;

    /// <summary>
    /// What stands where the last axis, of the extents or of what is reduced, is beyond the last of the other extents: there
    /// nothing is computed. Null where all is.
    /// </summary>
    public float? Above { get; init; }

    /// <summary>The epilogue over the accumulator; its views have the axes Extents only.</summary>
    public Expression Result { get; } = result;

    /// <summary>What is done instead where registers are narrow: the same elements, to other places of the same buffer.</summary>
    public NestKernel? WhereNarrow { get; private init; }

    public override IEnumerable<Size> Sizes => Extents.Concat(ReduceExtents);

    /// <summary>What else is computed of the same elements, where nothing is reduced.</summary>
    public ImmutableArray<NestOutput> Others { get; init; } = ImmutableArray<NestOutput>.Empty;

    /// <summary>What it computes of every element, reduced or not.</summary>
    public IEnumerable<Expression> Results => Others.Select(o => o.Result).Prepend(Result);

    /// <summary>This one where a register holds all lanes, the other one elsewhere.</summary>
    public NestKernel OrWhereNarrow(NestKernel other) =>
        new(Title, Target, Extents, ReduceExtents, Reduction, Element, Result, Running) { WhereNarrow = other };

    public override IEnumerable<View> Targets => Others.Select(o => o.Target).Prepend(Target);

    public override IEnumerable<View> Reads =>
        (Reduction is null ? Results.SelectMany(r => r.Loads()) : Element.Loads().Concat(Result.Loads())).Select(l => l.View);
}

/// <summary>One more value of each element, and where it goes.</summary>
internal sealed record NestOutput(View Target, Expression Result);

/// <summary>
/// target[o…, row, n] = Result(Σ_k a[o…, row, k…] · b[o…, k, n]), in register tiles of rows × vectors. Views of the
/// target and of the epilogue have the axes OuterExtents, row, column; each output is one chain of fused
/// multiply-adds in the order of the depth axes.
/// </summary>
internal sealed class ContractKernel(
    string title,
    View target,
    Level level,
    ImmutableArray<Size> outerExtents,
    Size rows,
    Size columns,
    ContractOperand left,
    ContractOperand right,
    ImmutableArray<Size> depthExtents,
    int chains,
    int panelWidth,
    long panelStride,
    Expression result) : Kernel(title, target, level)
{
    public ImmutableArray<Size> OuterExtents { get; } = outerExtents;

    /// <summary>Rows per call; the batch where the rows are the samples of the chunk.</summary>
    public Size Rows { get; } = rows;

    public Size Columns { get; } = columns;

    /// <summary>Those of all blocks, where they are constant.</summary>
    public int AllRows => HasRowBlocks ? OuterExtents[OuterExtents.Length - 1].Value * Rows.Value : Rows.Value;

    public ContractOperand Left { get; } = left;

    public ContractOperand Right { get; } = right;

    /// <summary>The batch where the sum is over samples.</summary>
    public ImmutableArray<Size> DepthExtents { get; } = depthExtents;

    public bool SumsBatch => DepthExtents.Contains(Size.Batch);

    /// <summary>
    /// Whether the last outer axis counts blocks of rows: all columns of one block come before the next, so that its rows
    /// stay in the cache.
    /// </summary>
    public bool HasRowBlocks { get; init; }

    /// <summary>How many blocks of rows there are.</summary>
    public int Blocks => HasRowBlocks ? OuterExtents[OuterExtents.Length - 1].Value : 1;

    /// <summary>Whether its caller says which of the blocks are computed.</summary>
    public bool TakesBlocks { get; set; }

    /// <summary>Whether the right factor, or the rows that stay in the cache, change along an outer axis.</summary>
    public bool MovesAlong(int axis) => Right.OuterStrides[axis] != 0 || (HasRowBlocks && axis == OuterExtents.Length - 1);

    /// <summary>The sums per output among which the depth is dealt out.</summary>
    public int Chains { get; } = chains;

    /// <summary>Distance between depths of the right operand, which stores its columns side by side.</summary>
    public int PanelWidth { get; } = panelWidth;

    /// <summary>Distance between two panels of 32 columns.</summary>
    public long PanelStride { get; } = panelStride;

    /// <summary>Whether the halves of each panel lie one after the other where registers are narrow.</summary>
    public bool HasHalves { get; init; }

    public Expression Result { get; } = result;

    /// <summary>The sums that each row is made of; null where it is one.</summary>
    public SumWindow? Window { get; init; }

    /// <summary>Where both factors are copied to, in pieces, if that pays where registers are few; null where it does not.</summary>
    public View? Scratch { get; set; }

    /// <summary>Whether it is a LiveProduct of a batch that is one sample, where few enough of its numbers are not zero.</summary>
    public bool SkipsInOne { get; init; }

    /// <summary>The same of many rows.</summary>
    public bool SkipsInRows { get; init; }

    /// <summary>Where lists of what is not zero in the left factor go; null where none are made.</summary>
    public View? Lists { get; init; }

    /// <summary>What need not be multiplied: rows count along the last axis but one, in one piece.</summary>
    public Triangle Triangle { get; init; }

    /// <summary>Of the depth axes from the first on: which part of it meets the image; null where all of it does.</summary>
    public ImmutableArray<Overlap?> Overlaps { get; init; } = ImmutableArray<Overlap?>.Empty;

    /// <summary>Which taps of each row meet the image, where the last depth axis is taps and their channels; null where all do.</summary>
    public RowTaps? Taps { get; init; }

    /// <summary>Which part of a depth axis meets the image; null where all of it does.</summary>
    public Overlap? OverlapAlong(int depthAxis) => depthAxis < Overlaps.Length ? Overlaps[depthAxis] : null;

    public override IEnumerable<Size> Sizes => OuterExtents.Concat(DepthExtents).Append(Rows).Append(Columns);

    public override IEnumerable<LoopVariable> Counters => Overlaps.Select(o => o?.From?.Variable).OfType<LoopVariable>().Distinct();

    public override IEnumerable<View> Reads =>
        Result.Loads().Select(l => l.View).Append(Left.View).Append(Right.View).Concat(Memories);

    /// <summary>What it uses while it computes.</summary>
    public IEnumerable<View> Memories => new[] { Scratch, Lists }.OfType<View>();
}

/// <summary>A factor of a product: strides along the outer axes, the rows and the depth axes.</summary>
internal sealed record ContractOperand(View View, ImmutableArray<long> OuterStrides, long RowStride, ImmutableArray<long> DepthStrides);

/// <summary>target[i…, :] = table[index[i…], :], checked against the table's length.</summary>
internal sealed class GatherKernel(
    string title, View target, ImmutableArray<Size> indexExtents, View index, View table, int tableRows, ImmutableArray<Size> rowExtents)
    : Kernel(title, target, Level.Sample)
{
    public ImmutableArray<Size> IndexExtents { get; } = indexExtents;

    public View Index { get; } = index;

    public View Table { get; } = table;

    public int TableRows { get; } = tableRows;

    public ImmutableArray<Size> RowExtents { get; } = rowExtents;

    public override IEnumerable<Size> Sizes => IndexExtents.Concat(RowExtents);

    public override IEnumerable<View> Reads => [Index, Table];
}

/// <summary>
/// target[n, :] = Σ of source[b, i, :] over the batch and the i with index[b, i] = n, in their order. Threads share the columns.
/// </summary>
internal sealed class ScatterKernel(string title, View target, int tableRows, int columns, Size rows, View index, View source)
    : Kernel(title, target, Level.Sample)
{
    public int TableRows { get; } = tableRows;

    public int Columns { get; } = columns;

    /// <summary>How many rows a sample adds.</summary>
    public Size Rows { get; } = rows;

    public View Index { get; } = index;

    public View Source { get; } = source;

    public override IEnumerable<Size> Sizes => [Rows];

    public override IEnumerable<View> Reads => [Index, Source];
}

/// <summary>target = a size known at run time, as a number.</summary>
internal sealed class SizeKernel(string title, View target, Size size) : Kernel(title, target, Level.Sample)
{
    public Size Size { get; } = size;

    public override IEnumerable<Size> Sizes => [Size];

    public override IEnumerable<View> Reads => [];
}

/// <summary>target[i…] = random numbers that are a function of the key, the number of the sample and the position.</summary>
internal sealed class NoiseKernel(string title, View target, ImmutableArray<Size> extents, View key) : Kernel(title, target, Level.Sample)
{
    public ImmutableArray<Size> Extents { get; } = extents;

    public View Key { get; } = key;

    public override IEnumerable<Size> Sizes => Extents;

    public override IEnumerable<View> Reads => [Key];
}
