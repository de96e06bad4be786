using DeepGen.Data;

namespace DeepGen.Learning;

/// <summary>Real digits: what to learn from, and what to be judged by.</summary>
internal sealed record Sources(DataSet Training, DataSet Test)
{
    /// <summary>60 000 and 10 000 images of 28x28 values in [0, 1].</summary>
    public static Sources Mnist(string folder) => new(Idx(folder, "train"), Idx(folder, "t10k"));

    /// <summary>3823 images of 8x8 values in [0, 1] by some writers, and 1797 by others.</summary>
    public static Sources Optdigits(string folder) => new(OptdigitsTraining(folder), Table(folder, "optdigits.tes"));

    public static DataSet OptdigitsTraining(string folder) => Table(folder, "optdigits.tra");

    /// <summary>A text of a million characters.</summary>
    public static string Shakespeare(string folder) => File.ReadAllText(Find(folder, "tinyshakespeare", "input.txt"));

    private static DataSet Idx(string folder, string part) => IdxFile.Read(
        Find(folder, "mnist", $"{part}-images-idx3-ubyte"), Find(folder, "mnist", $"{part}-labels-idx1-ubyte")).Scaled(1 / 255f);

    private static DataSet Table(string folder, string file) => CsvFile.Read(
        Find(folder, "digits", file), new CsvOptions { Header = false, Class = ^1 }).Scaled(1 / 16f);

    private static string Find(string folder, string part, string file)
    {
        string plain = Path.Combine(folder, part, file), packed = plain + ".gz";
        return File.Exists(plain) ? plain : File.Exists(packed) ? packed
            : throw new FileNotFoundException($"there is no {Path.Combine(part, file)}, plain or with .gz, in '{folder}'");
    }
}
