using System.Collections.Immutable;
using System.IO.Compression;

namespace DeepGen.Data;

/// <summary>NumPy's .npz: a zip archive, stored or deflated, with one .npy file for each name.</summary>
public sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";

    private readonly string _name;
    private readonly Stream _stream;
    private readonly bool _owned;
    private readonly ZipArchive _archive;

    private NpzFile(Stream stream, string name, bool owned)
    {
        _name = name;
        _owned = owned;
        _stream = ByteSource.Seekable(stream);
        _archive = Guard("the archive's directory", () => new ZipArchive(_stream, ZipArchiveMode.Read, leaveOpen: true));
        var entries = Guard("the archive's directory", () => _archive.Entries);
        Names = [.. entries.Where(e => e.FullName.EndsWith(Extension, StringComparison.Ordinal)).Select(e => e.FullName[..^Extension.Length])];
    }

    /// <summary>The names of the arrays, in the order of the archive.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Opens a file; its arrays are read when asked for.</summary>
    /// <exception cref="DataFormatException">It is no zip archive.</exception>
    public static NpzFile Open(string path)
    {
        var file = File.OpenRead(path);
        try
        {
            return new NpzFile(file, path, owned: true);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a stream, which remains the caller's.</summary>
    /// <param name="stream">An archive.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataFormatException">It is no zip archive.</exception>
    public static NpzFile Open(Stream stream, string name) => new(stream, name, owned: false);

    /// <summary>One array.</summary>
    /// <exception cref="DataFormatException">There is none of this name, or it is damaged.</exception>
    public NumberArray Read(string array) => Read(array, NpyFile.Read);

    /// <summary>One array of one axis, as labels.</summary>
    /// <exception cref="DataFormatException">There is none of this name, it is damaged, or holds something that is no class.</exception>
    public int[] ReadClasses(string array) => Read(array, NpyFile.ReadClasses);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _archive.Dispose();
        if (_owned)
        {
            _stream.Dispose();
        }
    }

    private T Read<T>(string array, Func<ByteSource, T> read)
    {
        ArgumentNullException.ThrowIfNull(array);
        var entry = _archive.GetEntry(array + Extension)
            ?? throw new DataFormatException(_name, "", $"there is no array '{array}'; there are: {string.Join(", ", Names)}");
        string place = $"{_name}/{entry.FullName}";
        uint crc = entry.Crc32;
        using var content = Guard(entry.FullName, () => new ChecksummedStream(entry.Open()));
        using var source = ByteSource.Unpacking(content, place, Math.Min(entry.CompressedLength, _stream.Length));
        var numbers = Guard(entry.FullName, () => read(source));
        return content.Crc == crc
            ? numbers
            : throw new DataFormatException(place, "", $"its checksum is {content.Crc:x8}, expected {crc:x8}: the archive is damaged");
    }

    /// <summary>The library's ways to say that an archive is wrong are many; all become one.</summary>
    private T Guard<T>(string what, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is not (DataFormatException or OutOfMemoryException or ObjectDisposedException))
        {
            throw new DataFormatException(_name, "", $"{what} cannot be read, expected a sound zip archive: {e.Message}", e);
        }
    }
}
