using System.Globalization;

namespace DeepGen;

/// <summary>Letters of one line in memory that is used again; what does not fit is cut, but for the end of the line.</summary>
internal sealed class LineBuffer
{
    private const int End = 2;

    private readonly char[] _letters = new char[400];

    /// <summary>How many letters there are.</summary>
    public int Length { get; private set; }

    private Span<char> Free => _letters.AsSpan(Length, _letters.Length - End - Length);

    public void Put(string text)
    {
        int fits = Math.Min(text.Length, Free.Length);
        text.AsSpan(0, fits).CopyTo(Free);
        Length += fits;
    }

    public void Put<T>(T number, string format = "")
        where T : ISpanFormattable
    {
        if (number.TryFormat(Free, out int written, format, CultureInfo.InvariantCulture))
        {
            Length += written;
        }
    }

    /// <summary>Keeps no more than so many letters.</summary>
    /// <returns>How many there are then.</returns>
    public int Cut(int most) => Length = Math.Min(Length, most);

    /// <summary>Adds blanks up to a length.</summary>
    public void PadTo(int length)
    {
        while (Length < Math.Min(length, _letters.Length - End))
        {
            Put(" ");
        }
    }

    /// <summary>Writes the line with its end, and begins a new one.</summary>
    public void WriteTo(TextWriter writer, string end)
    {
        end.CopyTo(_letters.AsSpan(Length));
        writer.Write(_letters, 0, Length + end.Length);
        writer.Flush();
        Length = 0;
    }
}
