namespace Digits.Drawing;

/// <summary>
/// Draws handwritten digits, 28x28 values in [0, 1], ink bright on dark as in MNIST. A drawing depends on the seed and its
/// index alone; nothing is allocated for it. One scribe for each thread.
/// </summary>
internal sealed class Scribe(ulong seed)
{
    public const int Side = 28;
    public const int Length = Side * Side;

    private readonly Line _points = new(32);
    private readonly Line _line = new(32 * Curve.PiecesPerSpan);

    /// <summary>Draws, and says which digit it is.</summary>
    public int Draw(long index, Span<float> pixels)
    {
        var dice = new Dice(seed, index);
        int digit = dice.Below(10);
        var ways = Skeletons.Of(digit);

        Hand.Aim(ways[dice.Below(ways.Length)], ref dice, _points);
        Curve.Through(_points, _line);
        var pen = Pen.Choose(ref dice);
        Page.Place(_line, pen.Radius, ref dice);
        pixels.Clear();
        pen.Draw(_line, pixels);
        Paper.Wear(pixels, ref dice);
        return digit;
    }
}
