using System.Globalization;
using System.Text;
using DeepGen.Data;

namespace DeepGen.Tests;

public class CsvTests
{
    private const string Flowers = "length,width,\"kind, in Latin\"\n5.1,3.5,setosa\n7,3.2,versicolor\r\n6.3,-1e-1,setosa\n";

    [Fact]
    public void Columns_by_name_and_classes_by_name()
    {
        var data = Read(Flowers, new CsvOptions { Class = "kind, in Latin" });
        Assert.Equal("3 samples: [2] to class", data.ToString());
        Assert.Equal([6.3f, -0.1f], data.Input(2).ToArray());
        Assert.Equal(["setosa", "versicolor"], data.ClassNames().ToArray());
        Assert.Equal([0, 1, 0], Enumerable.Range(0, 3).Select(i => data.Class(i)));
    }

    [Fact]
    public void Columns_by_number_from_both_ends()
    {
        var data = Read("1,2,3,9\n4,5,6,8", new CsvOptions { Header = false, Inputs = [2, 0], Class = ^1 });
        Assert.Equal([3, 1], data.Input(0).ToArray());
        Assert.Equal([6, 4], data.Input(1).ToArray());
        Assert.Equal(8, data.Class(1));
        Assert.Empty(data.ClassNames());
    }

    [Fact]
    public void Targets_of_values_and_inputs_of_a_shape()
    {
        var data = Read("a;b;c;d;t;u\n1;2;3;4;5;6\n", new CsvOptions { Separator = ';', InputShape = [1, 2, 2], Values = ["u", "t"] });
        Assert.Equal("1 samples: [1, 2, 2] to [2]", data.ToString());
        Assert.Equal([6, 5], data.Target(0).ToArray());
        Assert.Contains("4 columns make the input, but its shape [3] has 3 numbers", DataFiles.Refused(
            () => Read("a,b,c,d\n1,2,3,4", new CsvOptions { InputShape = [3] })));
    }

    [Fact]
    public void Names_are_numbered_in_ordinal_order_whatever_comes_first()
    {
        var data = Read("x,y\n1,b\n1,a\n1,B\n", new CsvOptions { Class = "y" });
        Assert.Equal(["B", "a", "b"], data.ClassNames().ToArray());
        Assert.Equal([2, 1, 0], Enumerable.Range(0, 3).Select(i => data.Class(i)));
    }

    [Fact]
    public void Given_names_keep_their_numbers()
    {
        var options = new CsvOptions { Class = "y", ClassNames = ["no", "yes", "7"] };
        Assert.Equal(1, Read("x,y\n1,yes\n", options).Class(0));
        Assert.Equal(2, Read("x,y\n1,7\n", options).Class(0));
        Assert.Equal("'t', line 3, column 2 ('y'): expected one of the classes no, yes, 7, found 'maybe'", DataFiles.Refused(() => Read("x,y\n1,yes\n1,maybe\n", options)));
        Assert.Throws<ArgumentException>(() => Read("x,y\n1,yes\n", options with { ClassNames = ["a", "a"] }));
    }

    [Fact]
    public void Quoted_fields_hold_anything_and_lines_are_still_counted()
    {
        var data = Read("n,\"a \"\"b\"\"\"\n\"1\",\"two\nlines, \"\"quoted\"\"\"\n2,x\n", new CsvOptions { Class = "a \"b\"" });
        Assert.Equal(["two\nlines, \"quoted\"", "x"], data.ClassNames().ToArray());
        Assert.Equal("'t', line 4, column 1: expected a finite number, found 'oops'", DataFiles.Refused(
            () => Read("1,\"two\nlines\"\n\noops,x\n", new CsvOptions { Header = false, Class = 1 })));
    }

    [Theory]
    [InlineData("a,b\n1,\n", "'t', line 2, column 2 ('b'): expected a number, but the value is missing")]
    [InlineData("a,b\n1,2\n1, \n", "'t', line 3, column 2 ('b'): expected a number, but the value is missing")]
    [InlineData("a,b\n?,2\n", "'t', line 2, column 1 ('a'): expected a finite number, found '?'")]
    [InlineData("a,b\nNaN,2\n", "'t', line 2, column 1 ('a'): expected a finite number, found 'NaN'")]
    [InlineData("a,b\n1e99,2\n", "'t', line 2, column 1 ('a'): expected a finite number, found '1e99'")]
    [InlineData("a,b\n1,2,3\n", "'t', line 2: expected 2 fields, found 3")]
    [InlineData("a,b\n1,2\n\n1\n", "'t', line 4: expected 2 fields, found 1")]
    [InlineData("a,b\n1,\"2\n3\n", "'t', line 2, column 2: the quotation mark that opens this field is never closed")]
    [InlineData("a,b\n1,\"2\"3\n", "'t', line 2, column 2: expected ',' or the line's end after the closing quotation mark, found '3'")]
    [InlineData("a,b\n", "'t', line 2: expected a row with a sample, found the file's end")]
    [InlineData("", "'t', line 1: expected a row with a sample, found the file's end")]
    public void A_bad_table_is_refused_with_line_and_column(string text, string message) => Assert.Equal(message, DataFiles.Refused(() => Read(text, new CsvOptions())));

    [Fact]
    public void A_column_that_is_not_there_is_refused_with_those_that_are()
    {
        Assert.Equal("'t', line 1: there is no column 'd'; there are: a, b", DataFiles.Refused(() => Read("a,b\n1,2", new CsvOptions { Class = "d" })));
        Assert.Equal("'t', line 1: two columns have the name 'a'", DataFiles.Refused(() => Read("a,a\n1,2", new CsvOptions { Class = "a" })));
        Assert.Equal("'t', line 1: there is no column number 2, the table has 2", DataFiles.Refused(() => Read("1,2", new CsvOptions { Header = false, Class = 2 })));
        Assert.Equal("'t', line 1: there is no column number ^3, the table has 2", DataFiles.Refused(() => Read("1,2", new CsvOptions { Header = false, Class = ^3 })));
        Assert.Contains("by name, but the table was said to have no header", DataFiles.Refused(() => Read("1,2", new CsvOptions { Header = false, Class = "a" })));
        Assert.Contains("expected a column or more for the input", DataFiles.Refused(() => Read("1", new CsvOptions { Header = false, Class = 0 })));
    }

    [Fact]
    public void The_first_label_says_whether_labels_are_numbers()
    {
        Assert.Equal("'t', line 3, column 2 ('y'): expected the number of a class, as on the first row, found '1x'", DataFiles.Refused(
            () => Read("x,y\n1,10\n1,1x\n", new CsvOptions { Class = "y" })));
        Assert.Equal(["-1", "1"], Read("x,y\n1,-1\n1,1\n", new CsvOptions { Class = "y" }).ClassNames().ToArray());
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_language()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture.NumberFormat.NumberGroupSeparator = ".";
        Assert.Equal([1.5f, -0.25f], Read("1.5;-.25", new CsvOptions { Header = false, Separator = ';' }).Input(0).ToArray());
        CultureInfo.CurrentCulture = before;
    }

    [Fact]
    public void Files_are_UTF8_with_or_without_a_mark()
    {
        byte[] text = Encoding.UTF8.GetBytes("größe,y\n1,ä\n");
        foreach (byte[] file in new byte[][] { text, [0xEF, 0xBB, 0xBF, .. text] })
        {
            var data = CsvFile.Read(new MemoryStream(file), "t", new CsvOptions { Inputs = ["größe"], Class = "y" });
            Assert.Equal(["ä"], data.ClassNames().ToArray());
        }

        Assert.Contains("expected text in UTF-8", DataFiles.Refused(
            () => CsvFile.Read(new MemoryStream([.. "a\n1\n"u8, 0xFF, 0xFE]), "t", new CsvOptions())));
    }

    [Fact]
    public void A_long_table_crosses_all_blocks()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 5000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},{-i},{i % 10}\r\n");
        }

        var data = Read(text.ToString(), new CsvOptions { Header = false, Class = 2 });
        Assert.Equal(5000, data.Count);
        for (int i = 0; i < 5000; i++)
        {
            Assert.Equal([i, -i], data.Input(i).ToArray());
            Assert.Equal(i % 10, data.Class(i));
        }
    }

    private static DataSet Read(string text, CsvOptions options) => CsvFile.Read(new StringReader(text), "t", options);
}
