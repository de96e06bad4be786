using DeepGen.Data;

namespace Segmentation.Drawing;

/// <summary>Images of a few shapes before an uneven background, with noise over everything, and the kind of every pixel.</summary>
internal static class Scene
{
    public const int Side = 48;
    public const int Length = Side * Side;

    private const int MostShapes = 3;
    private const float Noise = 0.12f;

    /// <summary>So many images, from a number on: which ones is a function of the seed and of their numbers.</summary>
    public static DataSet Draw(int seed, int first, int count)
    {
        var pixels = new float[count * Length];
        var kinds = new int[count * Length];
        Parallel.For(0, count, i => Draw(
            new Random(HashOf(seed, first + i)), pixels.AsSpan(i * Length, Length), kinds.AsSpan(i * Length, Length)));
        return new DataSet([Column.OfValues(pixels, [1, Side, Side])], [Column.OfClasses(kinds, default, [Side, Side])]);
    }

    private static void Draw(Random random, Span<float> pixels, Span<int> kinds)
    {
        float middle = 0.2f * random.NextSingle(), slopeX = (random.NextSingle() - 0.5f) / Side * 0.3f, slopeY = (random.NextSingle() - 0.5f) / Side * 0.3f;
        var shapes = new Shape[1 + random.Next(MostShapes)];
        for (int i = 0; i < shapes.Length; i++)
            shapes[i] = Shape.Draw(random, Side);

        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                float value = middle + (slopeX * x) + (slopeY * y);
                var kind = Kind.Background;

                // The last one lies on top.
                foreach (var shape in shapes)
                {
                    if (shape.Covers(x + 0.5f, y + 0.5f))
                        (value, kind) = (shape.Brightness, shape.Kind);
                }

                pixels[(y * Side) + x] = value + (Noise * ((2 * random.NextSingle()) - 1));
                kinds[(y * Side) + x] = (int)kind;
            }
        }
    }

    private static int HashOf(int seed, int index) => unchecked((seed * 1_000_003) + (index * 97));
}
