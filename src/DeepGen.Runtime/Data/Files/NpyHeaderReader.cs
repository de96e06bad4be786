using System.Collections.Immutable;
using System.Globalization;

namespace DeepGen.Data;

/// <summary>The few Python literals a .npy header is made of, from left to right.</summary>
internal sealed class NpyHeaderReader(ByteSource source, long start, string text)
{
    /// <summary>NumPy's own limit.</summary>
    private const int MostAxes = 64;

    private int _at;

    /// <summary>The file's byte that is read next.</summary>
    public long Place
    {
        get
        {
            SkipSpace();
            return start + _at;
        }
    }

    public bool TryTake(char sign)
    {
        SkipSpace();
        if (_at == text.Length || text[_at] != sign)
        {
            return false;
        }

        _at++;
        return true;
    }

    public void Expect(char sign)
    {
        if (!TryTake(sign))
        {
            throw Error($"expected '{sign}'{Found()}");
        }
    }

    public string String()
    {
        SkipSpace();
        if (_at < text.Length && text[_at] == '[')
        {
            throw Error("this is a structured array, whose elements have fields; expected an array of plain numbers");
        }

        if (_at == text.Length || text[_at] is not ('\'' or '"'))
        {
            throw Error($"expected a string{Found()}");
        }

        int end = text.IndexOf(text[_at], _at + 1);
        if (end < 0)
        {
            throw Error("this string does not end");
        }

        string content = text[(_at + 1)..end];
        _at = end + 1;
        return content;
    }

    public bool Boolean()
    {
        SkipSpace();
        bool value = text.AsSpan(_at).StartsWith("True");
        if (!value && !text.AsSpan(_at).StartsWith("False"))
        {
            throw Error($"expected True or False{Found()}");
        }

        _at += value ? 4 : 5;
        return value;
    }

    public ImmutableArray<int> Tuple()
    {
        Expect('(');
        var sizes = ImmutableArray.CreateBuilder<int>();
        while (!TryTake(')'))
        {
            if (sizes.Count == MostAxes)
            {
                throw Error($"expected at most {MostAxes} axes");
            }

            sizes.Add(Size());
            if (!TryTake(','))
            {
                Expect(')');
                break;
            }
        }

        return sizes.ToImmutable();
    }

    public void ExpectEnd()
    {
        SkipSpace();
        if (_at < text.Length)
        {
            throw Error($"expected the header to end{Found()}");
        }
    }

    public DataFormatException Error(string problem) => source.Error(start + _at, problem);

    private int Size()
    {
        SkipSpace();
        int end = _at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        if (!int.TryParse(text.AsSpan(_at, end - _at), NumberStyles.None, CultureInfo.InvariantCulture, out int size))
        {
            throw Error($"expected a size below 2147483648{Found()}");
        }

        _at = end;
        return size;
    }

    private void SkipSpace()
    {
        while (_at < text.Length && text[_at] is ' ' or '\n' or '\t' or '\r')
        {
            _at++;
        }
    }

    private string Found() => _at == text.Length ? ", found the header's end" : $", found '{text[_at]}'";
}
