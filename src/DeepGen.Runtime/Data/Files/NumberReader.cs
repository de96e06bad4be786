using System.Runtime.InteropServices;

namespace DeepGen.Data;

/// <summary>
/// The body of an array file: product(shape) numbers of one type. Memory is taken for what the file can hold, and where that is
/// not known beforehand, for what has arrived.
/// </summary>
internal static class NumberReader
{
    private const int Piece = 1 << 16;

    /// <summary>How many numbers a shape means, refused if the file cannot hold them.</summary>
    public static int Count(ByteSource source, NumberType type, ReadOnlySpan<int> shape)
    {
        // Sizes are below 2^31, so a product that was below 2^31 before cannot overflow; a zero anywhere makes it zero.
        long count = shape.Contains(0) ? 0 : 1;
        long room = source.Most - source.Position;
        long most = Math.Min(room / Numbers.Size(type), Array.MaxLength);
        foreach (int size in shape)
        {
            count = count > most ? count : count * size;
        }

        string text = Shapes.Text(shape.ToArray());
        if (count > most)
        {
            throw source.Error(
                source.Position,
                $"an array of shape {text} with {Numbers.Size(type)} bytes a number was announced, but {(source.IsExact ? $"{room} bytes follow" : $"at most {room} bytes can follow")}");
        }

        if (source.IsExact && count * Numbers.Size(type) != room)
        {
            throw source.Error(
                source.Position, $"an array of shape {text} takes {count * Numbers.Size(type)} bytes, but {room} bytes follow");
        }

        return (int)count;
    }

    /// <summary>Reads the numbers, and that nothing follows them.</summary>
    /// <typeparam name="T">float for values, int for classes.</typeparam>
    public static T[] Read<T>(ByteSource source, NumberType type, bool bigEndian, int count)
        where T : unmanaged
    {
        int size = Numbers.Size(type);
        var numbers = new T[source.IsExact ? count : Math.Min(count, Piece)];
        var piece = new byte[(int)Math.Min((long)count * size, Piece)];
        for (int done = 0; done < count;)
        {
            var bytes = piece.AsSpan(0, (int)Math.Min((long)(count - done) * size, Piece));
            int arriving = bytes.Length / size;
            long at = source.Position;
            source.Read(bytes, "the numbers");
            if (done + arriving > numbers.Length)
            {
                Array.Resize(ref numbers, (int)Math.Min(count, 2L * numbers.Length));
            }

            Numbers.ToNative(type, bigEndian, bytes);
            int wrong = Convert(type, bytes, numbers.AsSpan(done, arriving));
            if (wrong >= 0)
            {
                throw source.Error(at + ((long)wrong * size), typeof(T) == typeof(int)
                    ? "expected a class, a whole number from 0"
                    : "expected a number that a float32 can hold");
            }

            done += arriving;
        }

        source.ExpectEnd("the numbers");
        return numbers;
    }

    private static int Convert<T>(NumberType type, ReadOnlySpan<byte> bytes, Span<T> numbers)
        where T : unmanaged => typeof(T) == typeof(int)
            ? Numbers.ToClasses(type, bytes, Cast<T, int>(numbers))
            : Numbers.ToSingles(type, bytes, Cast<T, float>(numbers));

    private static Span<TTo> Cast<T, TTo>(Span<T> span)
        where T : unmanaged
        where TTo : unmanaged => MemoryMarshal.Cast<T, TTo>(span);
}
