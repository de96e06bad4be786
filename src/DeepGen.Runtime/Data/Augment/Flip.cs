namespace DeepGen.Data;

/// <summary>to[y, x] = from[y, w - 1 - x], or from[h - 1 - y, x].</summary>
internal sealed class Flip(bool vertical) : Augmentation
{
    public override int ScratchLength(ImageShape shape) => vertical ? shape.Width : 0;

    public override void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref SampleRandom random)
    {
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            var plane = image.Slice(channel * shape.Plane, shape.Plane);
            for (int y = 0; y < (vertical ? shape.Height / 2 : shape.Height); y++)
            {
                var row = plane.Slice(y * shape.Width, shape.Width);
                if (vertical)
                {
                    var opposite = plane.Slice((shape.Height - 1 - y) * shape.Width, shape.Width);
                    row.CopyTo(scratch);
                    opposite.CopyTo(row);
                    scratch[..row.Length].CopyTo(opposite);
                }
                else
                {
                    row.Reverse();
                }
            }
        }
    }
}
