using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>Where a buffer lives while the emitted code runs.</summary>
internal enum Memory
{
    /// <summary>What the caller passed in: exact strides, nothing may be read outside it.</summary>
    Input,

    /// <summary>What the caller passed to be filled: nothing may be written outside it.</summary>
    Output,

    /// <summary>Weights in the layout the kernels want, written by the Prepare program.</summary>
    Weights,

    /// <summary>Weights as the user knows them, PyTorch's shapes; read by the Prepare program only.</summary>
    Parameters,

    Workspace,

    /// <summary>What a training step keeps of every sample from one stage to another.</summary>
    Kept,

    /// <summary>What a training step computes of the batch as a whole.</summary>
    Values,

    /// <summary>Sums over some of a batch's samples, one area for each part of the batch; Values has those of all.</summary>
    Sums,

    /// <summary>A number for each parameter, in the parameters' places.</summary>
    Gradients,

    /// <summary>Numbers that are part of the program.</summary>
    Constant,
}

/// <summary>
/// A run of floats. Length is what one sample needs; a buffer whose values are alive across sample loops is as many
/// times as large as a chunk has samples, and SampleStride tells its samples apart (0: one sample at a time).
/// </summary>
internal sealed class Buffer(Memory memory, int index, long length)
{
    public Memory Memory { get; } = memory;

    /// <summary>The number of the input, output, constant or kept value; 0 for the other memories.</summary>
    public int Index { get; } = index;

    public long Length { get; } = length;

    /// <summary>Whether it holds a parameter of every layer of a stack.</summary>
    public bool IsOfStack { get; init; }

    /// <summary>From the start of its memory, in floats.</summary>
    public long Offset { get; set; }

    public long SampleStride { get; set; }

    /// <summary>Whether each of its floats is two numbers, as <see cref="Ops.Pair"/> puts them.</summary>
    public bool IsPaired { get; init; }

    /// <summary>Whether every thread that has a share of a chunk needs one of its own.</summary>
    public bool IsOfThread { get; set; }

    /// <summary>Whether it holds one value per sample rather than one for all.</summary>
    public bool HasSamples { get; set; }

    /// <summary>
    /// Equal for buffers whose zero borders coincide: only these may take turns in one place, because nobody ever
    /// writes a border again. Null without a border.
    /// </summary>
    public string? Borders { get; set; }

    /// <summary>Whether a whole vector may be loaded at any element: all memory of ours has slack behind it.</summary>
    public bool MayOverread => HasSlack || Memory is not (Memory.Input or Memory.Output or Memory.Constant);

    /// <summary>Whether an input is memory of ours as well.</summary>
    public bool HasSlack { get; init; }

    /// <summary>Whether kernels of the same program may read what one of them has put here.</summary>
    public bool IsReadable => Memory is Memory.Workspace or Memory.Kept or Memory.Values or Memory.Gradients;
}

/// <summary>A counter of the emitted Run method: the sample within a chunk, or an iteration of a Repeat.</summary>
internal sealed class LoopVariable(string name)
{
    public string Name { get; } = name;

    /// <summary>A size known at run time, which moves addresses as a counter does.</summary>
    public static LoopVariable Of(Size size) => new(SizeNames.Of(size.Symbol!));
}

/// <summary>Moves an address with a loop: by Stride per iteration, or, with Alternates, to and fro by Stride.</summary>
internal sealed record AddressTerm(LoopVariable Variable, long Stride, bool Alternates);
