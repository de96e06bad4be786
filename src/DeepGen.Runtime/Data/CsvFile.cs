using System.Text;

namespace DeepGen.Data;

/// <summary>
/// Tables as text: UTF-8, a row a line, fields between separators, numbers with a point as in 1.5e-3 whatever the machine's
/// language. A missing value is an error with its line and column.
/// </summary>
public static class CsvFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <summary>The samples of a file.</summary>
    /// <exception cref="DataFormatException">A column that was asked for is not there, or a field is not what it should be.</exception>
    public static DataSet Read(string path, CsvOptions options)
    {
        using var file = File.OpenRead(path);
        return Read(file, path, options);
    }

    /// <summary>The samples of a stream.</summary>
    /// <param name="stream">From here to its end.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">What the columns mean.</param>
    /// <exception cref="DataFormatException">A column that was asked for is not there, or a field is not what it should be.</exception>
    public static DataSet Read(Stream stream, string name, CsvOptions options)
    {
        using var reader = new StreamReader(stream, Strict, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        return Read(reader, name, options);
    }

    /// <summary>The samples of a text.</summary>
    /// <param name="text">From here to its end.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">What the columns mean.</param>
    /// <exception cref="DataFormatException">A column that was asked for is not there, or a field is not what it should be.</exception>
    public static DataSet Read(TextReader text, string name, CsvOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        var scanner = new CsvScanner(text, name, options.Separator);
        List<string>? header = null;
        if (options.Header && scanner.Next())
        {
            header = [];
            for (int i = 0; i < scanner.Count; i++)
            {
                header.Add(scanner[i].Trim().ToString());
            }
        }

        if (!scanner.Next())
        {
            throw scanner.Error("expected a row with a sample, found the file's end");
        }

        var table = new CsvTable(scanner, name, options, header);
        do
        {
            table.AddRow();
        }
        while (scanner.Next());
        return table.ToDataSet();
    }
}
