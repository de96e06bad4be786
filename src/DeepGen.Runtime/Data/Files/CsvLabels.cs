using System.Collections.Immutable;
using System.Globalization;

namespace DeepGen.Data;

/// <summary>
/// Labels to classes: names that were given, numbers if the first label is one, else names found on the way and numbered in ordinal
/// order at the end, so that the order of the rows does not matter.
/// </summary>
internal sealed class CsvLabels
{
    private readonly List<int> _classes = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly ImmutableArray<string> _given;
    private bool _areNumbers;

    public CsvLabels(ImmutableArray<string> given)
    {
        _given = given.IsDefault ? [] : given;
        for (int i = 0; i < _given.Length; i++)
        {
            if (!_names.TryAdd(_given[i], i))
            {
                throw new ArgumentException($"the class '{_given[i]}' is named twice");
            }
        }
    }

    /// <summary>What is wrong with the label, or null.</summary>
    public string? Add(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty)
        {
            return "expected a class, but the value is missing";
        }

        bool isNumber = int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        if (_classes.Count == 0)
        {
            _areNumbers = _given.IsEmpty && isNumber;
        }

        if (_areNumbers)
        {
            _classes.Add(number);
            return isNumber ? null : $"expected the number of a class, as on the first row, found '{Excerpt.Of(label)}'";
        }

        if (!_names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(label, out int known))
        {
            if (!_given.IsEmpty)
            {
                return $"expected one of the classes {string.Join(", ", _given)}, found '{Excerpt.Of(label)}'";
            }

            _names.Add(label.ToString(), known = _names.Count);
        }

        _classes.Add(known);
        return null;
    }

    public Column ToColumn()
    {
        var classes = _classes.ToArray();
        if (_areNumbers || !_given.IsEmpty)
        {
            return Column.OfClasses(classes, _given);
        }

        ImmutableArray<string> sorted = [.. _names.Keys.Order(StringComparer.Ordinal)];
        var place = new int[sorted.Length];
        for (int i = 0; i < place.Length; i++)
        {
            place[_names[sorted[i]]] = i;
        }

        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = place[classes[i]];
        }

        return Column.OfClasses(classes, sorted);
    }
}
