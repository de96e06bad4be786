using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>
/// NumPy's .npy: a magic word, a version, a dictionary that says type, order and shape, the numbers. Integers, bool, float16,
/// float32 and float64 of either order of bytes, arrays in C or Fortran order.
/// </summary>
public static class NpyFile
{
    /// <summary>The array of a file.</summary>
    /// <exception cref="DataFormatException">The file is damaged, or of a type that has no numbers.</exception>
    public static NumberArray Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file, path);
    }

    /// <summary>The array of a stream.</summary>
    /// <param name="stream">From here to its end.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataFormatException">The stream's content is damaged, or of a type that has no numbers.</exception>
    public static NumberArray Read(Stream stream, string name)
    {
        using var source = ByteSource.Open(stream, name);
        return Read(source);
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
        using var source = ByteSource.Open(stream, name);
        return ReadClasses(source);
    }

    internal static NumberArray Read(ByteSource source)
    {
        var header = NpyHeader.Read(source);
        int count = NumberReader.Count(source, header.Type, header.Shape.AsSpan());
        float[] values = NumberReader.Read<float>(source, header.Type, header.IsBigEndian, count);
        return new NumberArray(header.Shape, header.IsFortran ? ToRowMajor(header.Shape, values) : values);
    }

    internal static int[] ReadClasses(ByteSource source)
    {
        var header = NpyHeader.Read(source);
        if (header.Shape.Length != 1)
        {
            throw source.Error(
                source.Position, $"expected labels, an array of one axis, found shape {Shapes.Text(header.Shape)}");
        }

        int count = NumberReader.Count(source, header.Type, header.Shape.AsSpan());
        return NumberReader.Read<int>(source, header.Type, header.IsBigEndian, count);
    }

    /// <summary>In Fortran order the first axis runs fastest: a step along axis a is the product of the sizes before a.</summary>
    private static float[] ToRowMajor(ImmutableArray<int> shape, float[] columnMajor)
    {
        var rowMajor = new float[columnMajor.Length];
        var index = new int[shape.Length];
        var step = new int[shape.Length];
        for (int axis = 0, product = 1; axis < shape.Length; product *= shape[axis++])
        {
            step[axis] = product;
        }

        int from = 0;
        for (int to = 0; to < rowMajor.Length; to++)
        {
            rowMajor[to] = columnMajor[from];
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                from += step[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                from -= index[axis] * step[axis];
                index[axis] = 0;
            }
        }

        return rowMajor;
    }
}
