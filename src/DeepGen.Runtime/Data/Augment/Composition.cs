using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>Steps one after another, each with random numbers of its own.</summary>
internal sealed class Sequence : Augmentation
{
    private readonly ImmutableArray<Augmentation> _steps;

    public Sequence(ImmutableArray<Augmentation> steps)
    {
        foreach (var step in steps)
        {
            ArgumentNullException.ThrowIfNull(step, nameof(steps));
        }

        _steps = steps;
    }

    public override bool NeedsImage => _steps.Any(s => s.NeedsImage);

    public override int ScratchLength(ImageShape shape) => _steps.Select(s => s.ScratchLength(shape)).DefaultIfEmpty().Max();

    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref SampleRandom random)
    {
        for (int step = 0; step < _steps.Length; step++)
        {
            var own = random.Of(step);
            _steps[step].Apply(shape, image, scratch, ref own);
        }
    }
}

/// <summary>A step with a probability.</summary>
internal sealed class Sometimes : Augmentation
{
    private readonly Augmentation _step;
    private readonly float _probability;

    public Sometimes(Augmentation step, float probability)
    {
        Bounds.Check(probability, 0, 1);
        (_step, _probability) = (step, probability);
    }

    public override bool NeedsImage => _step.NeedsImage;

    public override int ScratchLength(ImageShape shape) => _step.ScratchLength(shape);

    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref SampleRandom random)
    {
        if (random.Chance(_probability))
        {
            _step.Apply(shape, image, scratch, ref random);
        }
    }
}
