using DeepGen.Data;

namespace DeepGen.Tests;

/// <summary>What all augmentations have in common.</summary>
public class AugmentationTests
{
    public static TheoryData<string> Names => [.. All.Keys];

    private static readonly Dictionary<string, Augmentation> All = new()
    {
        ["shift"] = Augmentation.Shift(2),
        ["crop, filled"] = Augmentation.Crop(3, Border.Fill, 9),
        ["crop, edge"] = Augmentation.Crop(3, Border.Edge),
        ["crop, mirror"] = Augmentation.Crop(3),
        ["flip"] = Augmentation.Flip(),
        ["flip vertically"] = Augmentation.FlipVertically(),
        ["rotate"] = Augmentation.Rotate(30),
        ["noise"] = Augmentation.Noise(0.2f),
        ["erase"] = Augmentation.Erase(),
        ["bend"] = Augmentation.Bend(1.5f, 3),
        ["all"] = Augmentation.Sequence(
            Augmentation.Flip(), Augmentation.Shift(1), Augmentation.Rotate(10).Sometimes(0.7f), Augmentation.Bend(1, 4), Augmentation.Erase(), Augmentation.Noise(0.1f)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_depend_on_seed_epoch_and_sample_alone(string name)
    {
        var data = BatchReaderTests.Images(60);
        var options = new BatchOptions(16) { Augmentation = All[name], Seed = 9 };
        var expected = Samples(data, options, epoch: 2);
        Assert.Equal(expected, Samples(data, options with { Threads = 2 }, epoch: 2));
        Assert.Equal(expected, Samples(data, options with { Threads = 7, Size = 5, Shuffle = true }, epoch: 2));
        Assert.NotEqual(expected, Samples(data, options, epoch: 3));
        Assert.NotEqual(expected, Samples(data, options with { Seed = 10 }, epoch: 2));
        Assert.NotEqual(expected, Samples(data, options with { Augmentation = null }, epoch: 2));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Shift(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Rotate(181));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Rotate(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Noise(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Erase(0.3f, 0.2f));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Bend(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation.Flip().Sometimes(1.1f));
    }

    private static float[] Samples(DataSet data, BatchOptions options, int epoch)
    {
        var bySample = new SortedDictionary<long, float[]>();
        foreach (var (inputs, _, samples) in BatchReaderTests.Copies(data, options, epoch))
        {
            int length = inputs.Length / samples.Length;
            for (int row = 0; row < samples.Length; row++)
            {
                bySample.Add(samples[row], inputs[(row * length)..((row + 1) * length)]);
            }
        }

        return [.. bySample.Values.SelectMany(v => v)];
    }
}
