using DeepGen.Data;
using Digits.Drawing;

namespace Digits;

/// <summary>Images of 28x28 values in [0, 1] with their digits: to learn from, to choose by, and to be judged by at the end.</summary>
internal sealed record DigitData(DataSet Training, DataSet Validation, DataSet Test, string Origin)
{
    private const int DrawnForValidation = 2_000, DrawnForTest = 5_000;
    private const double ShareForValidation = 1 / 12.0;

    /// <summary>Real digits, in the files of the MNIST family.</summary>
    public static DigitData Read(string folder, ulong seed)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        var (training, validation) = Read(folder, "train").Split(1 - ShareForValidation, seed);
        return new DigitData(training, validation, Read(folder, "t10k"), $"read from {folder}");
    }

    /// <summary>Drawn digits, as many as are wanted to learn from: which ones is a function of the seed.</summary>
    public static DigitData Draw(ulong seed, int count, int threads) => new(
        Draw(seed, 0, count, threads),
        Draw(seed, count, DrawnForValidation, threads),
        Draw(seed, count + DrawnForValidation, DrawnForTest, threads),
        "drawn by the program");

    private static DataSet Read(string folder, string part)
    {
        string images = Find(folder, $"{part}-images-idx3-ubyte");
        var data = IdxFile.Read(images, Find(folder, $"{part}-labels-idx1-ubyte"));
        var shape = data.Layout.Inputs[0];
        if (!shape.AsSpan().SequenceEqual([1, Scribe.Side, Scribe.Side]))
            throw new FormatException($"'{images}' holds samples of {string.Join("x", shape)} values; 1x28x28 are expected.");
        return data.Scaled(1 / 255f);
    }

    private static string Find(string folder, string name)
    {
        string plain = Path.Combine(folder, name), packed = plain + ".gz";
        return File.Exists(plain) ? plain : File.Exists(packed) ? packed
            : throw new FileNotFoundException($"There is neither '{plain}' nor '{packed}'.");
    }

    private static DataSet Draw(ulong seed, int first, int count, int threads)
    {
        var pixels = new float[count * Scribe.Length];
        var digits = new int[count];
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            var scribe = new Scribe(seed);
            for (int i = thread; i < count; i += threads)
                digits[i] = scribe.Draw(first + i, pixels.AsSpan(i * Scribe.Length, Scribe.Length));
        });
        return DataSet.FromArrays(pixels, [1, Scribe.Side, Scribe.Side], digits);
    }
}
