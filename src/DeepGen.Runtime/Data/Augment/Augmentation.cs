namespace DeepGen.Data;

/// <summary>
/// A random change to an image that leaves its class as it is. What becomes of a sample depends on the seed, the epoch and the
/// sample's number alone, in arithmetic (+ - · / √) that all machines do alike.
/// </summary>
public abstract class Augmentation
{
    /// <summary>Whether the input must be an image; false if any values will do.</summary>
    public virtual bool NeedsImage => true;

    /// <summary>How many numbers of scratch memory a sample takes; as many as it has values if not said otherwise.</summary>
    public virtual int ScratchLength(ImageShape shape) => shape.Length;

    /// <summary>Changes one sample in place. Nothing may be remembered from one sample to the next.</summary>
    /// <param name="shape">The sizes of the image.</param>
    /// <param name="image">Its values, channel by channel.</param>
    /// <param name="scratch">Memory of the length asked for, holding anything.</param>
    /// <param name="random">The sample's random numbers.</param>
    public abstract void Apply(ImageShape shape, Span<float> image, Span<float> scratch, ref SampleRandom random);

    /// <summary>Moves the image by up to so many pixels each way; what comes in is filled.</summary>
    public static Augmentation Shift(int pixels, float fill = 0) => new Translation(pixels, Border.Fill, fill);

    /// <summary>Pads the image on all sides and cuts one of its own size out at a random place.</summary>
    public static Augmentation Crop(int padding, Border border = Border.Mirror, float fill = 0) => new Translation(padding, border, fill);

    /// <summary>Exchanges left and right, every second time.</summary>
    public static Augmentation Flip() => new Flip(vertical: false).Sometimes(0.5f);

    /// <summary>Exchanges top and bottom, every second time.</summary>
    public static Augmentation FlipVertically() => new Flip(vertical: true).Sometimes(0.5f);

    /// <summary>Turns the image about its centre by an angle uniform in ±degrees, at most 180.</summary>
    public static Augmentation Rotate(float degrees, float fill = 0) => new Rotation(degrees, fill);

    /// <summary>Adds to every value a normal one with this deviation.</summary>
    public static Augmentation Noise(float deviation) => new Noise(deviation);

    /// <summary>Fills a rectangle of random place, sides up to 1 : 3, and an area of this share of the image.</summary>
    public static Augmentation Erase(float leastArea = 0.02f, float mostArea = 0.2f, float fill = 0) => new Erasure(leastArea, mostArea, fill);

    /// <summary>Bends the image: points of a grid are moved by up to so many pixels, and a smooth surface through them moves the rest.</summary>
    /// <param name="pixels">How far a point of the grid may move along each axis.</param>
    /// <param name="spacing">The distance of the grid's points.</param>
    /// <param name="fill">The value outside of the image.</param>
    public static Augmentation Bend(float pixels, int spacing = 8, float fill = 0) => new Bending(pixels, spacing, fill);

    /// <summary>One after another.</summary>
    public static Augmentation Sequence(params ReadOnlySpan<Augmentation> steps) => new Sequence([.. steps]);

    /// <summary>This, and then another.</summary>
    public Augmentation Then(Augmentation next) => Sequence(this, next);

    /// <summary>This with a probability, otherwise nothing.</summary>
    public Augmentation Sometimes(float probability) => new Sometimes(this, probability);
}
