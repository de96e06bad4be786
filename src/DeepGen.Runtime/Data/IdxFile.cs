using System.Buffers.Binary;
using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>
/// IDX, the format of the MNIST family, plain or gzip: two zeros, the type of a number, the number of axes, the sizes, the numbers;
/// all of it big-endian.
/// </summary>
public static class IdxFile
{
    /// <summary>Images and the file with their labels.</summary>
    /// <param name="images">A file with an axis for the samples and one or more axes of each sample.</param>
    /// <param name="labels">A file with one axis.</param>
    /// <returns>Values as stored, usually 0 to 255. Samples of two axes, height and width, are given a channel: [1, height, width].</returns>
    /// <exception cref="DataFormatException">A file is damaged, or the two do not fit together.</exception>
    public static DataSet Read(string images, string labels)
    {
        var values = Read(images);
        int[] classes = ReadClasses(labels);
        if (values.Shape.Length < 2)
        {
            throw new DataFormatException(images, "byte 3", $"expected samples of one axis or more, found an array of shape {values}");
        }

        if (values.Shape[0] != classes.Length)
        {
            throw new DataFormatException(
                labels, "byte 4", $"expected {values.Shape[0]} labels, as many as '{images}' has samples, found {classes.Length}");
        }

        if (classes.Length == 0)
        {
            throw new DataFormatException(images, "byte 4", "expected one sample or more, found none");
        }

        var shape = values.Shape.RemoveAt(0);
        var sample = shape.Length == 2 ? shape.Insert(0, 1) : shape;
        return new DataSet([Column.OfValues(values.Values, sample.AsSpan())], [Column.OfClasses(classes)]);
    }

    /// <summary>The array of a file.</summary>
    /// <exception cref="DataFormatException">The file is damaged.</exception>
    public static NumberArray Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file, path);
    }

    /// <summary>The array of a stream.</summary>
    /// <param name="stream">From here to its end.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataFormatException">The stream's content is damaged.</exception>
    public static NumberArray Read(Stream stream, string name)
    {
        var (shape, values) = Read<float>(stream, name);
        return new NumberArray(shape, values);
    }

    /// <summary>The labels of a file of one axis.</summary>
    /// <exception cref="DataFormatException">The file is damaged, or holds something that is no class.</exception>
    public static int[] ReadClasses(string path)
    {
        using var file = File.OpenRead(path);
        return ReadClasses(file, path);
    }

    /// <summary>The labels of a stream of one axis.</summary>
    /// <param name="stream">From here to its end.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataFormatException">The stream's content is damaged, or holds something that is no class.</exception>
    public static int[] ReadClasses(Stream stream, string name)
    {
        var (shape, classes) = Read<int>(stream, name);
        return shape.Length == 1
            ? classes
            : throw new DataFormatException(name, "byte 3", $"expected labels, an array of one axis, found shape {Shapes.Text(shape)}");
    }

    private static (ImmutableArray<int> Shape, T[] Numbers) Read<T>(Stream stream, string name)
        where T : unmanaged
    {
        using var source = ByteSource.Open(stream, name);
        Span<byte> word = stackalloc byte[4];
        source.Read(word, "the magic number");
        if (word[0] != 0 || word[1] != 0)
        {
            throw source.Error(0, $"expected an IDX file, which begins with two zeros, found {word[0]:x2} {word[1]:x2}");
        }

        var type = Type(word[2]) ?? throw source.Error(
            2, $"expected a type of number, one of 08, 09, 0b, 0c, 0d, 0e, found {word[2]:x2}");
        var shape = new int[word[3]];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            source.Read(word, "the sizes");
            uint size = BinaryPrimitives.ReadUInt32BigEndian(word);
            shape[axis] = size <= int.MaxValue
                ? (int)size
                : throw source.Error(source.Position - 4, $"expected a size, found {size}, more than any file can hold");
        }

        int count = NumberReader.Count(source, type, shape);
        return ([.. shape], NumberReader.Read<T>(source, type, bigEndian: true, count));
    }

    private static NumberType? Type(byte code) => code switch
    {
        0x08 => NumberType.UInt8,
        0x09 => NumberType.Int8,
        0x0B => NumberType.Int16,
        0x0C => NumberType.Int32,
        0x0D => NumberType.Single,
        0x0E => NumberType.Double,
        _ => null,
    };
}
