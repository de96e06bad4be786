using System.Text;

namespace DeepGen.Data;

/// <summary>
/// Rows of fields. A field in quotation marks may hold separators, line ends and doubled quotation marks; elsewhere a quotation
/// mark is a letter. Empty lines are no rows. Nothing is allocated for a row once the longest has been seen.
/// </summary>
internal sealed class CsvScanner(TextReader text, string file, char separator)
{
    private const int None = -1;

    private readonly List<int> _ends = [];
    private readonly char[] _block = new char[4096];
    private int _at;
    private int _available;
    private char[] _letters = new char[1024];
    private int _length;
    private int _nextLine = 1;

    /// <summary>The line on which the row begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>How many fields the row has.</summary>
    public int Count => _ends.Count;

    public ReadOnlySpan<char> this[int field]
    {
        get
        {
            int start = field == 0 ? 0 : _ends[field - 1];
            return _letters.AsSpan(start, _ends[field] - start);
        }
    }

    /// <summary>False at the end of the file.</summary>
    public bool Next()
    {
        while (Peek() is '\r' or '\n')
        {
            TakeLineEnd(Take());
        }

        _ends.Clear();
        _length = 0;
        Line = _nextLine;
        if (Peek() == None)
        {
            return false;
        }

        do
        {
            if (Peek() == '"')
            {
                TakeQuoted();
            }
            else
            {
                TakePlain();
            }

            _ends.Add(_length);
        }
        while (TakeIf(separator));

        int end = Take();
        if (end is not ('\r' or '\n' or None))
        {
            throw Error(Count - 1, $"expected '{separator}' or the line's end after the closing quotation mark, found '{(char)end}'");
        }

        TakeLineEnd(end);
        return true;
    }

    public DataFormatException Error(int field, string problem, string name = "") =>
        new(file, $"line {Line}, column {field + 1}{(name.Length == 0 ? "" : $" ('{name}')")}", problem);

    public DataFormatException Error(string problem) => new(file, $"line {Line}", problem);

    private void TakePlain()
    {
        while (Peek() is var c && c != separator && c is not ('\r' or '\n' or None))
        {
            Append((char)Take());
        }
    }

    private void TakeQuoted()
    {
        Take();
        while (true)
        {
            int c = Take();
            if (c == None)
            {
                throw Error(Count, "the quotation mark that opens this field is never closed");
            }

            if (c == '"' && !TakeIf('"'))
            {
                return;
            }

            Append((char)c);
            if (c == '\n' || (c == '\r' && Peek() != '\n'))
            {
                _nextLine++;
            }
        }
    }

    private void TakeLineEnd(int first)
    {
        if (first == '\r')
        {
            TakeIf('\n');
        }

        _nextLine++;
    }

    private bool TakeIf(char c)
    {
        bool there = Peek() == c;
        if (there)
        {
            Take();
        }

        return there;
    }

    private void Append(char letter)
    {
        if (_length == _letters.Length)
        {
            Array.Resize(ref _letters, 2 * _length);
        }

        _letters[_length++] = letter;
    }

    private int Peek()
    {
        if (_at == _available)
        {
            Fill();
        }

        return _available == 0 ? None : _block[_at];
    }

    private int Take()
    {
        int c = Peek();
        _at += c == None ? 0 : 1;
        return c;
    }

    private void Fill()
    {
        try
        {
            _available = text.Read(_block);
            _at = 0;
        }
        catch (DecoderFallbackException e)
        {
            throw new DataFormatException(file, $"line {_nextLine} or after", "expected text in UTF-8", e);
        }
    }
}
