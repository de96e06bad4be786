using System.Collections.Immutable;
using DeepGen.Runtime;

namespace DeepGen.Data;

/// <summary>Augments the rows of a batch, a run of them on each thread, each run with scratch memory of its own.</summary>
internal sealed class Augmenter : PartedWork
{
    private readonly Augmentation _augmentation;
    private readonly ImageShape _shape;
    private readonly int _input;
    private readonly CounterRandom _random;
    private readonly float[][] _scratch;
    private CounterRandom _epoch;
    private BatchBuffer? _buffer;
    private int _count;

    private Augmenter(Augmentation augmentation, ImageShape shape, BatchOptions options)
    {
        (_augmentation, _shape, _input) = (augmentation, shape, options.AugmentedInput);
        _random = new CounterRandom(options.Seed, "augmentation");
        _scratch = new float[options.Threads][];
        int length = augmentation.ScratchLength(shape);
        for (int part = 0; part < _scratch.Length; part++)
        {
            _scratch[part] = new float[length];
        }
    }

    /// <summary>Null if nothing is asked for.</summary>
    public static Augmenter? For(SampleLayout layout, BatchOptions options)
    {
        if (options.Augmentation is not { } augmentation)
        {
            return null;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)options.AugmentedInput, (uint)layout.Inputs.Length, nameof(options));
        var shape = layout.Inputs[options.AugmentedInput];
        return new Augmenter(augmentation, Image(augmentation, shape), options);
    }

    public void Run(BatchBuffer buffer, int count, int epoch)
    {
        (_buffer, _count, _epoch) = (buffer, count, _random.Derived(epoch));
        Run(_scratch.Length, _scratch.Length);
        _buffer = null;
    }

    protected override void RunPart(int part)
    {
        int first = (int)((long)part * _count / _scratch.Length);
        int end = (int)((part + 1L) * _count / _scratch.Length);
        for (int row = first; row < end; row++)
        {
            var random = new SampleRandom(_epoch.Derived(_buffer!.Samples[row]));
            _augmentation.Apply(_shape, _buffer.Input(_input, row), _scratch[part], ref random);
        }
    }

    private static ImageShape Image(Augmentation augmentation, ImmutableArray<int> shape)
    {
        if (ImageShape.Of(shape) is { } image)
        {
            return image;
        }

        return augmentation.NeedsImage
            ? throw new ArgumentException($"this augmentation is for images [channels, height, width], the input has the shape {Shapes.Text(shape)}")
            : new ImageShape(1, 1, SampleLayout.LengthOf(shape));
    }
}
