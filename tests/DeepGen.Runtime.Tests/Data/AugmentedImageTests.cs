using DeepGen.Data;

namespace DeepGen.Tests;

/// <summary>What each augmentation does to an image.</summary>
public class AugmentedImageTests
{
    [Theory]
    [InlineData(Border.Fill)]
    [InlineData(Border.Edge)]
    [InlineData(Border.Mirror)]
    public void A_crop_shows_the_padded_image_somewhere(Border border)
    {
        const int Padding = 7;
        var shape = new ImageShape(2, 3, 4);
        float[] image = Counting(shape);
        var seen = new HashSet<(int, int)>();
        for (int sample = 0; sample < 1500; sample++)
        {
            float[] cropped = Apply(Augmentation.Crop(Padding, border, -1), shape, sample);
            int matches = 0;
            for (int dy = -Padding; dy <= Padding; dy++)
            {
                for (int dx = -Padding; dx <= Padding; dx++)
                {
                    if (cropped.AsSpan().SequenceEqual(Moved(image, shape, border, dy, dx)))
                    {
                        seen.Add((dy, dx));
                        matches++;
                    }
                }
            }

            Assert.True(matches > 0);
        }

        Assert.Equal(15 * 15, seen.Count);
    }

    [Fact]
    public void A_flip_changes_every_second_image()
    {
        var shape = new ImageShape(2, 2, 3);
        int flipped = 0;
        for (int sample = 0; sample < 1000; sample++)
        {
            float[] image = Apply(Augmentation.Flip(), shape, sample);
            flipped += image[0] == 2 ? 1 : 0;
            Assert.Equal(image[0] == 2 ? [2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9] : Counting(shape), image);
        }

        Assert.InRange(flipped, 430, 570);
        float[] vertical = Enumerable.Range(0, 50).Select(s => Apply(Augmentation.FlipVertically(), shape, s)).First(i => i[0] != 0);
        Assert.Equal([3, 4, 5, 0, 1, 2, 9, 10, 11, 6, 7, 8], vertical);
    }

    [Fact]
    public void A_turn_has_the_cosine_and_sine_of_its_angle()
    {
        for (int degrees = -180; degrees <= 180; degrees++)
        {
            var (cosine, sine) = Rotation.Turn(degrees);
            Assert.Equal(Math.Cos(degrees * Math.PI / 180), cosine, 1e-7);
            Assert.Equal(Math.Sin(degrees * Math.PI / 180), sine, 1e-7);
        }
    }

    [Fact]
    public void A_rotated_plane_of_constant_slope_keeps_its_slope()
    {
        var shape = new ImageShape(1, 21, 21);
        for (int sample = 0; sample < 20; sample++)
        {
            float[] image = Apply(Augmentation.Rotate(45), shape, sample, i => i % 21);
            float along = image[(10 * 21) + 11] - image[(10 * 21) + 10];
            float down = image[(11 * 21) + 10] - image[(10 * 21) + 10];
            Assert.Equal(1, (along * along) + (down * down), 1e-4);
            Assert.InRange(along, 0.7071f, 1.0001f);
            Assert.Equal(10, image[(10 * 21) + 10], 1e-4);
        }
    }

    [Fact]
    public void Rotating_by_nothing_and_bending_by_nothing_change_nothing()
    {
        var shape = new ImageShape(3, 5, 4);
        Assert.Equal(Counting(shape), Apply(Augmentation.Rotate(0), shape, 1));
        Assert.Equal(Counting(shape), Apply(Augmentation.Bend(0, 3), shape, 1));
    }

    [Fact]
    public void A_bend_moves_no_pixel_further_than_asked()
    {
        var shape = new ImageShape(2, 30, 30);
        bool moved = false;
        for (int sample = 0; sample < 20; sample++)
        {
            float[] image = Apply(Augmentation.Bend(2, 5), shape, sample, i => i % 30);
            for (int y = 3; y < 27; y++)
            {
                for (int x = 3; x < 27; x++)
                {
                    Assert.InRange(image[(y * 30) + x], x - 2.001f, x + 2.001f);
                    moved |= Math.Abs(image[(y * 30) + x] - x) > 0.5f;
                }
            }
        }

        Assert.True(moved);
    }

    [Fact]
    public void An_erased_rectangle_has_the_area_asked_for()
    {
        var shape = new ImageShape(2, 20, 20);
        for (int sample = 0; sample < 200; sample++)
        {
            float[] image = Apply(Augmentation.Erase(0.1f, 0.2f, fill: -1), shape, sample);
            int[] erased = [.. Enumerable.Range(0, 400).Where(i => image[i] == -1)];
            Assert.Equal(erased, Enumerable.Range(0, 400).Where(i => image[400 + i] == -1));
            int height = erased.Max(i => i / 20) - erased.Min(i => i / 20) + 1;
            int width = erased.Max(i => i % 20) - erased.Min(i => i % 20) + 1;
            Assert.Equal(height * width, erased.Length);
            Assert.InRange(erased.Length, 30, 95);
        }

        Assert.Equal(1, Apply(Augmentation.Erase(0, 0, -1), shape, 0)[..400].Count(v => v == -1));
        Assert.All(Apply(Augmentation.Erase(1, 1, -1), new ImageShape(1, 1, 1), 0), v => Assert.Equal(-1, v));
    }

    [Fact]
    public void Noise_has_the_deviation_asked_for()
    {
        float[] noise = Apply(Augmentation.Noise(0.5f), new ImageShape(1, 1, 20000), 0, _ => 0);
        Assert.Equal(0, noise.Average(), 0.02);
        Assert.Equal(0.25, noise.Average(v => v * v), 0.01);
    }

    [Fact]
    public void Sometimes_is_as_often_as_asked()
    {
        var step = Augmentation.Noise(1).Sometimes(0.25f);
        int changed = Enumerable.Range(0, 2000).Count(s => Apply(step, new ImageShape(1, 1, 1), s, _ => 0)[0] != 0);
        Assert.InRange(changed, 420, 580);
    }

    private static float[] Counting(ImageShape shape) => [.. Enumerable.Range(0, shape.Length).Select(i => (float)i)];

    private static float[] Apply(Augmentation step, ImageShape shape, long sample, Func<int, float>? value = null)
    {
        float[] image = [.. Enumerable.Range(0, shape.Length).Select(i => value?.Invoke(i) ?? i)];
        var random = new SampleRandom(new CounterRandom(3, "test").Derived(sample));
        var scratch = new float[step.ScratchLength(shape)];
        Array.Fill(scratch, float.NaN);
        step.Apply(shape, image, scratch, ref random);
        return image;
    }

    private static float[] Moved(float[] image, ImageShape shape, Border border, int dy, int dx)
    {
        int At(int i, int size)
        {
            while (border == Border.Mirror && (i < 0 || i >= size))
            {
                i = i < 0 ? -i : (2 * (size - 1)) - i;
            }

            return border == Border.Edge ? Math.Clamp(i, 0, size - 1) : i < 0 || i >= size ? -1 : i;
        }

        var moved = new float[image.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            int y = At((i / shape.Width % shape.Height) - dy, shape.Height);
            int x = At((i % shape.Width) - dx, shape.Width);
            moved[i] = y < 0 || x < 0 ? -1 : image[(i / shape.Plane * shape.Plane) + (y * shape.Width) + x];
        }

        return moved;
    }
}
