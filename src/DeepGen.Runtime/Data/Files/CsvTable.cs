using System.Collections.Immutable;
using System.Globalization;

namespace DeepGen.Data;

/// <summary>The chosen columns of the rows read so far. Every row has as many fields as the header, or as the first row.</summary>
internal sealed class CsvTable
{
    private readonly CsvScanner _scanner;
    private readonly CsvOptions _options;
    private readonly IReadOnlyList<string>? _header;
    private readonly int _columns;
    private readonly int[] _inputs;
    private readonly int[] _values;
    private readonly int _class = -1;
    private readonly CsvLabels? _labels;
    private readonly List<float> _inputNumbers = [];
    private readonly List<float> _valueNumbers = [];

    /// <summary>Resolves the columns, with the scanner on the first row of data.</summary>
    public CsvTable(CsvScanner scanner, string file, CsvOptions options, IReadOnlyList<string>? header)
    {
        (_scanner, _options, _header) = (scanner, options, header);
        _columns = header?.Count ?? scanner.Count;
        int Find(CsvColumn column) => column.Find(file, header is null ? scanner.Line : 1, _columns, header);
        _values = [.. options.Values.Select(Find)];
        if (options.Class is { } label)
        {
            _class = Find(label);
            _labels = new CsvLabels(options.ClassNames);
        }

        _inputs = options.Inputs.IsEmpty
            ? [.. Enumerable.Range(0, _columns).Where(c => c != _class && !_values.Contains(c))]
            : [.. options.Inputs.Select(Find)];
        int length = SampleLayout.LengthOf(options.InputShape);
        if (_inputs.Length == 0)
        {
            throw scanner.Error("expected a column or more for the input beside those of the targets");
        }

        if (!options.InputShape.IsEmpty && length != _inputs.Length)
        {
            throw scanner.Error(
                $"{_inputs.Length} columns make the input, but its shape {Shapes.Text(options.InputShape)} has {length} numbers");
        }
    }

    public void AddRow()
    {
        if (_scanner.Count != _columns)
        {
            throw _scanner.Error($"expected {_columns} fields, found {_scanner.Count}");
        }

        AddNumbers(_inputs, _inputNumbers);
        AddNumbers(_values, _valueNumbers);
        if (_labels?.Add(_scanner[_class].Trim()) is { } problem)
        {
            throw _scanner.Error(_class, problem, Name(_class));
        }
    }

    public DataSet ToDataSet()
    {
        ReadOnlySpan<int> vector = [_inputs.Length];
        var targets = ImmutableArray.CreateBuilder<Column>();
        if (_labels is not null)
        {
            targets.Add(_labels.ToColumn());
        }

        if (_values.Length > 0)
        {
            targets.Add(Column.OfValues(_valueNumbers.ToArray(), _values.Length));
        }

        return new DataSet(
            [Column.OfValues(_inputNumbers.ToArray(), _options.InputShape.IsEmpty ? vector : _options.InputShape.AsSpan())],
            targets.ToImmutable());
    }

    private void AddNumbers(int[] columns, List<float> numbers)
    {
        foreach (int column in columns)
        {
            var field = _scanner[column].Trim();
            if (field.IsEmpty)
            {
                throw _scanner.Error(column, "expected a number, but the value is missing", Name(column));
            }

            if (!float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) || !float.IsFinite(number))
            {
                throw _scanner.Error(column, $"expected a finite number, found '{Excerpt.Of(field)}'", Name(column));
            }

            numbers.Add(number);
        }
    }

    private string Name(int column) => _header?[column] ?? "";
}
