namespace DeepGen;

/// <summary>Lets text through until one of several strings is complete, and keeps back what may yet become one.</summary>
internal sealed class StopFilter(IReadOnlyList<string> stops)
{
    private readonly string[] _stops = [.. stops];
    private char[] _text = new char[64];
    private int _count;
    private int _passed;

    /// <summary>Whether one of the strings has come; text after it is of no interest.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Takes more text and gives what is certain now.</summary>
    public ReadOnlySpan<char> Take(ReadOnlySpan<char> text)
    {
        _count -= _passed;
        Array.Copy(_text, _passed, _text, 0, _count);
        if (_text.Length < _count + text.Length)
        {
            Array.Resize(ref _text, Math.Max(_count + text.Length, 2 * _text.Length));
        }

        text.CopyTo(_text.AsSpan(_count));
        _count += text.Length;
        _passed = _count - Kept(_text.AsSpan(0, _count));
        return _text.AsSpan(0, _passed);
    }

    /// <summary>What was kept back, at the end of the text.</summary>
    public ReadOnlySpan<char> Rest() => Stopped ? [] : _text.AsSpan(_passed, _count - _passed);

    /// <summary>How much of the text's end is not let through. It does not matter in which pieces the text comes: the string that ends first counts.</summary>
    private int Kept(ReadOnlySpan<char> text)
    {
        int end = int.MaxValue, kept = 0;
        foreach (string stop in _stops)
        {
            int found = text.IndexOf(stop, StringComparison.Ordinal);
            if (found >= 0 && (found + stop.Length < end || (found + stop.Length == end && text.Length - found > kept)))
            {
                (end, kept) = (found + stop.Length, text.Length - found);
            }
        }

        Stopped = end != int.MaxValue;
        return Stopped ? kept : Beginning(text);
    }

    /// <summary>The length of the longest end that begins one of the strings.</summary>
    private int Beginning(ReadOnlySpan<char> text)
    {
        int most = 0;
        foreach (string stop in _stops)
        {
            for (int length = Math.Min(stop.Length - 1, text.Length); length > most; length--)
            {
                if (text.EndsWith(stop.AsSpan(0, length), StringComparison.Ordinal))
                {
                    most = length;
                }
            }
        }

        return most;
    }
}
