namespace DeepGen.Data;

/// <summary>x + deviation · n for every value x, with n standard normal.</summary>
internal sealed class Noise : Augmentation
{
    private readonly float _deviation;

    public Noise(float deviation)
    {
        Bounds.Check(deviation, 0, float.MaxValue);
        _deviation = deviation;
    }

    public override bool NeedsImage => false;

    public override int ScratchLength(ImageShape shape) => 0;

    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref SampleRandom random)
    {
        for (int i = 0; i < image.Length; i += 2)
        {
            var (first, second) = random.Normals();
            image[i] += _deviation * first;
            if (i + 1 < image.Length)
            {
                image[i + 1] += _deviation * second;
            }
        }
    }
}
