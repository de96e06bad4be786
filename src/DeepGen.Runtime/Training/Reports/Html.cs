using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace DeepGen.Reports;

/// <summary>Markup text. What is put into it through a hole is escaped, and numbers are written as every browser reads them.</summary>
internal sealed class Html
{
    private readonly StringBuilder _text = new();

    /// <summary>Markup with holes for texts and numbers.</summary>
    public Html Add([InterpolatedStringHandlerArgument("")] Markup markup)
    {
        _ = markup;
        return this;
    }

    /// <summary>Markup made elsewhere.</summary>
    public Html Add(Html part)
    {
        _text.Append(part._text);
        return this;
    }

    /// <summary>Markup as it is.</summary>
    public Html Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    public override string ToString() => _text.ToString();

    /// <summary>A length or a place in a drawing: a tenth of a unit is enough.</summary>
    public static string Place(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>A number for people: four significant digits.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "–"
        : value == 0 ? "0"
        : Math.Abs(value) is >= 1e-3 and < 1e5 ? value.ToString("0.####", CultureInfo.InvariantCulture)
        : value.ToString("0.##e0", CultureInfo.InvariantCulture);

    public static string Percent(double share, string format = "0.00") =>
        double.IsNaN(share) ? "–" : (100 * share).ToString(format, CultureInfo.InvariantCulture) + " %";

    /// <summary>An integer with its thousands apart.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly StringBuilder _text;

        public Markup(int literalLength, int formattedCount, Html html)
        {
            _ = (literalLength, formattedCount);
            _text = html._text;
        }

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(double value) => _text.Append(Place(value));

        public void AppendFormatted(long value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(Html part) => _text.Append(part._text);

        public void AppendFormatted(string? text)
        {
            foreach (char letter in text ?? string.Empty)
            {
                _ = letter switch
                {
                    '&' => _text.Append("&amp;"),
                    '<' => _text.Append("&lt;"),
                    '>' => _text.Append("&gt;"),
                    '"' => _text.Append("&quot;"),
                    _ => _text.Append(letter),
                };
            }
        }
    }
}
