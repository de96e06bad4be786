using System.Globalization;
using System.Text;

namespace DeepGen.Checkpoints;

/// <summary>A name in which {letters} stand for whole numbers, as "blocks.{i}.weight".</summary>
internal sealed class NamePattern
{
    /// <summary>Texts and, at odd places, the numbers' letters.</summary>
    private readonly string[] _parts;

    public NamePattern(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        Text = text;
        _parts = text.Split('{', '}');
        int braces = text.Count(c => c is '{' or '}');
        bool alternate = text.Where(c => c is '{' or '}').Select((c, i) => c == (i % 2 == 0 ? '{' : '}')).All(right => right);
        if (braces % 2 != 0 || !alternate || Letters.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException($"'{text}' is no pattern: a number is written as a letter in braces", nameof(text));
        }
    }

    public string Text { get; }

    public IEnumerable<string> Letters => _parts.Where((_, i) => i % 2 == 1);

    /// <summary>The numbers for which the pattern is this name, or null.</summary>
    public Dictionary<string, int>? Match(string name)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int at = 0;
        for (int i = 0; i < _parts.Length; i++)
        {
            int end = at;
            if (i % 2 == 0)
            {
                end += _parts[i].Length;
                if (string.CompareOrdinal(name, at, _parts[i], 0, _parts[i].Length) != 0)
                {
                    return null;
                }
            }
            else
            {
                while (end < name.Length && char.IsAsciiDigit(name[end]))
                {
                    end++;
                }

                var digits = name.AsSpan(at, end - at);
                if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || (digits[0] == '0' && digits.Length > 1)
                    || (!numbers.TryAdd(_parts[i], number) && numbers[_parts[i]] != number))
                {
                    return null;
                }
            }

            at = end;
        }

        return at == name.Length ? numbers : null;
    }

    /// <summary>The name for these numbers.</summary>
    public string Fill(Dictionary<string, int> numbers)
    {
        var name = new StringBuilder();
        for (int i = 0; i < _parts.Length; i++)
        {
            name.Append(i % 2 == 0 ? _parts[i] : numbers[_parts[i]].ToString(CultureInfo.InvariantCulture));
        }

        return name.ToString();
    }

    /// <summary>The same with another beginning, if it begins so, up to a dot or the end.</summary>
    public NamePattern Renamed(string beginning, string other) =>
        Text == beginning || Text.StartsWith(beginning + ".", StringComparison.Ordinal) ? new(other + Text[beginning.Length..]) : this;
}
