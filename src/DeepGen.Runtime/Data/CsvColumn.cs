using System.Globalization;

namespace DeepGen.Data;

/// <summary>A column of a table, by its name in the header or by its number: 0 is the first, ^1 the last.</summary>
public readonly record struct CsvColumn
{
    private readonly string? _name;
    private readonly Index _index;

    /// <summary>The column with this name.</summary>
    public CsvColumn(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _name = name;
    }

    /// <summary>The column with this number.</summary>
    public CsvColumn(Index index) => _index = index;

    /// <summary>By name.</summary>
    public static implicit operator CsvColumn(string name) => new(name);

    /// <summary>By number from 0.</summary>
    public static implicit operator CsvColumn(int number) => new((Index)number);

    /// <summary>By number, also from the end.</summary>
    public static implicit operator CsvColumn(Index index) => new(index);

    /// <summary>By name.</summary>
    public static CsvColumn FromString(string name) => name;

    /// <summary>By number from 0.</summary>
    public static CsvColumn FromInt32(int number) => number;

    /// <summary>By number, also from the end.</summary>
    public static CsvColumn FromIndex(Index index) => index;

    /// <inheritdoc/>
    public override string ToString() => _name is { } name ? $"'{name}'" : $"number {_index}";

    /// <summary>The number of the column in a table, or an error that says what there is.</summary>
    internal int Find(string file, int line, int columns, IReadOnlyList<string>? names)
    {
        if (_name is null)
        {
            int number = _index.GetOffset(columns);
            return number >= 0 && number < columns
                ? number
                : throw new DataFormatException(
                    file, At(line), $"there is no column {this}, the table has {columns.ToString(CultureInfo.InvariantCulture)}");
        }

        if (names is null)
        {
            throw new DataFormatException(file, At(line), $"column {this} is asked for by name, but the table was said to have no header");
        }

        int found = -1;
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == _name)
            {
                found = found < 0 ? i : throw new DataFormatException(file, At(line), $"two columns have the name {this}");
            }
        }

        return found >= 0
            ? found
            : throw new DataFormatException(file, At(line), $"there is no column {this}; there are: {string.Join(", ", names)}");
    }

    private static string At(int line) => $"line {line.ToString(CultureInfo.InvariantCulture)}";
}
