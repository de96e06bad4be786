using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>The buffers of a program of stages, such as a network's training steps. They grow with the largest batch seen, and then stay.</summary>
internal sealed unsafe class StepMemory
{
    private readonly StepSizes _sizes;
    private readonly AlignedBuffer _weights;
    private readonly AlignedBuffer _values;
    private readonly AlignedBuffer _settings;
    private readonly AlignedBuffer[] _outputs;
    private readonly nint[] _outputStarts;
    private readonly nint[] _iterations;
    private AlignedBuffer _kept = new(0);
    private SparseRows[] _dropped = [];
    private AlignedBuffer _sums = new(0);
    private int _capacity;

    public StepMemory(StepSizes sizes)
    {
        _sizes = sizes;
        _weights = new AlignedBuffer(sizes.Weights);
        _values = new AlignedBuffer(sizes.Values);
        _settings = new AlignedBuffer(sizes.Settings);
        _outputs = new AlignedBuffer[sizes.Outputs.Length];
        _outputStarts = GC.AllocateArray<nint>(Math.Max(1, _outputs.Length), pinned: true);
        _iterations = GC.AllocateArray<nint>(Math.Max(1, Depth(sizes.Stages)), pinned: true);
        Frame.WeightsStart = _weights.Address;
        Frame.ValuesStart = _values.Address;
        Frame.SettingsStart = _settings.Address;
        Frame.OutputStarts = (float**)Marshal.UnsafeAddrOfPinnedArrayElement(_outputStarts, 0);
        Frame.Iterations = (nint*)Marshal.UnsafeAddrOfPinnedArrayElement(_iterations, 0);
    }

    /// <summary>What the kernels are handed.</summary>
    public StepFrame Frame;

    public Span<float> Settings => _settings.Span;

    /// <summary>Room for matrices of which entries are dropped, two of each.</summary>
    public SparseRows* DropHeaders(int count)
    {
        _dropped = GC.AllocateArray<SparseRows>(Math.Max(1, 2 * count), pinned: true);
        Frame.DroppedStart = (SparseRows*)Marshal.UnsafeAddrOfPinnedArrayElement(_dropped, 0);
        return Frame.DroppedStart;
    }

    public BatchParts PartsOf(SampleStage stage) => BatchParts.WithSums((int)Frame.Batch, stage.Fewest, stage.SumsLength);

    public float* SumsOf(SampleStage stage, int part) => _sums.Address + ((long)part * Area(stage));

    public ReadOnlySpan<float> Output(int index) => _outputs[index].Span[..(int)(Frame.Batch * _sizes.Outputs[index])];

    public void Prepare(int batch)
    {
        if (batch > _capacity)
        {
            _kept = new AlignedBuffer(Fitting(batch, _sizes.Kept));
            for (int k = 0; k < _outputs.Length; k++)
            {
                _outputs[k] = new AlignedBuffer(Fitting(batch, _sizes.Outputs[k]));
                _outputStarts[k] = (nint)_outputs[k].Address;
            }

            _sums = new AlignedBuffer(LongestSums(_sizes.Stages, batch));
            _capacity = batch;
            Frame.KeptStart = _kept.Address;
            Frame.Capacity = batch;
        }

        Frame.Batch = batch;
        Frame.ValuesStart[0] = batch;
    }

    private static int Fitting(int batch, int length) => (long)batch * length <= Array.MaxLength / 2
        ? batch * length
        : throw new ArgumentException(
            $"a batch of {batch} samples needs {(long)batch * length} values of memory between the stages of a step, more than an array holds; "
            + "add up the gradients of smaller ones: TrainingState.Accumulate, or FitOptions.MicroBatches", nameof(batch));

    /// <summary>How many loops are around the innermost stage.</summary>
    private static int Depth(IEnumerable<TrainingStage> stages) =>
        stages.Select(s => s is LoopStage loop ? 1 + Depth(loop.Body) : 0).DefaultIfEmpty().Max();

    /// <summary>The areas of all parts of the stage that has most of them.</summary>
    private static int LongestSums(IEnumerable<TrainingStage> stages, int batch) => stages.Select(s => s switch
    {
        SampleStage { SumsLength: > 0 } samples => checked(BatchParts.WithSums(batch, samples.Fewest, samples.SumsLength).Count * Area(samples)),
        LoopStage loop => LongestSums(loop.Body, batch),
        _ => 0,
    }).DefaultIfEmpty().Max();

    /// <summary>The sums of a part, in lines of the cache of their own.</summary>
    private static int Area(SampleStage stage) => (stage.SumsLength + 15) / 16 * 16;
}

/// <summary>How much memory a program of stages takes, in floats.</summary>
/// <param name="Kept">For each sample.</param>
/// <param name="Values">For the batch as a whole.</param>
/// <param name="Weights">For weights it prepares itself.</param>
/// <param name="Settings">For its settings.</param>
/// <param name="Outputs">For a sample of each output that it keeps itself.</param>
/// <param name="Stages">What runs in it.</param>
internal sealed record StepSizes(
    int Kept, int Values, int Weights, int Settings, System.Collections.Immutable.ImmutableArray<int> Outputs, IReadOnlyList<TrainingStage> Stages);
