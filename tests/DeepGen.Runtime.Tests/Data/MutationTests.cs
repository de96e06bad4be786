using System.IO.Compression;
using DeepGen.Data;

namespace DeepGen.Tests;

/// <summary>Thousands of damaged files: each is read or refused, never anything else, and never with much memory.</summary>
public class MutationTests
{
    private const int Cases = 2000;

    public static TheoryData<string> Formats => [.. Readers.Keys];

    private static readonly Dictionary<string, (byte[] File, Action<byte[]> Read)> Readers = new()
    {
        ["idx"] = (DataFiles.Idx(8, [3, 2, 2], 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), f => IdxFile.Read(new MemoryStream(f), "x")),
        ["idx labels"] = (DataFiles.Idx(12, [2], 0, 0, 0, 7, 0, 0, 0, 1), f => IdxFile.ReadClasses(new MemoryStream(f), "x")),
        ["idx.gz"] = (DataFiles.Gzip(DataFiles.Idx(13, [2], 1, 2, 3, 4, 5, 6, 7, 8)), f => IdxFile.Read(new MemoryStream(f), "x")),
        ["npy"] = (DataFiles.Npy("<f8", "(2, 1)", new byte[16], fortran: true), f => NpyFile.Read(new MemoryStream(f), "x")),
        ["npz stored"] = (Archive(CompressionLevel.NoCompression), ReadArchive),
        ["npz deflated"] = (Archive(CompressionLevel.Optimal), ReadArchive),
        ["csv"] = ("a,b,\"c\"\n1,2.5,x\n-3e2,4,\"y\"\"\nz\"\n"u8.ToArray(), f => CsvFile.Read(new MemoryStream(f), "x", new CsvOptions { Class = "c" })),
        ["png"] = (PngFile.Encode(new Image(3, 2, 3, [.. Enumerable.Range(0, 18).Select(i => (byte)(i * 7))])), f => PngFile.Decode(f, "x")),
        ["png checksums mended"] = (PngFile.Encode(new Image(3, 2, 1, [1, 2, 3, 4, 5, 6])), f => PngFile.Decode(Mended(f), "x")),
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_damaged_file_is_read_or_refused(string format)
    {
        var (file, read) = Readers[format];
        read(file);
        var random = new Random(20);
        int refused = 0;
        for (int i = 0; i < Cases; i++)
        {
            byte[] damaged = Damage(file, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(damaged);
            }
            catch (DataFormatException e)
            {
                Assert.NotEmpty(e.File!);
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        }

        Assert.InRange(refused, Cases / 10, Cases);
    }

    private static byte[] Damage(byte[] file, Random random)
    {
        var bytes = new List<byte>(file);
        for (int i = random.Next(1, 4); i > 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 5), bytes.Count - at));
                    break;
                case 4:
                    bytes.InsertRange(at, file.AsSpan(random.Next(file.Length)).ToArray().Take(random.Next(1, 9)));
                    break;
                default:
                    bytes[at] = (byte)(random.Next(2) * 255);
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Archive(CompressionLevel level) =>
        DataFiles.Npz(level, ("a.npy", DataFiles.Npy("<f4", "(2, 2)", new byte[16])), ("b.npy", DataFiles.Npy("|u1", "(3,)", [1, 2, 3])));

    private static void ReadArchive(byte[] file)
    {
        using var archive = NpzFile.Open(new MemoryStream(file), "x");
        foreach (string name in archive.Names)
        {
            archive.Read(name);
            archive.ReadClasses("b");
        }
    }

    /// <summary>With right checksums, damage reaches what lies behind them.</summary>
    private static byte[] Mended(byte[] file)
    {
        byte[] mended = [.. file];
        for (int at = 8; at + 12 <= file.Length;)
        {
            int length = (mended[at] << 24) | (mended[at + 1] << 16) | (mended[at + 2] << 8) | mended[at + 3];
            if (length < 0 || length > file.Length - at - 12)
            {
                break;
            }

            uint crc = DataFiles.BitwiseCrc(mended.AsSpan(at + 4, length + 4), 0xEDB88320);
            DataFiles.BigEndian((int)crc).CopyTo(mended, at + 8 + length);
            at += length + 12;
        }

        return mended;
    }
}
