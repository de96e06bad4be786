using DeepGen.SideBySide.Measuring;

namespace DeepGen.Compiled.Tests.SideBySide;

/// <summary>The benchmark's figures and rows; nothing is timed here.</summary>
public sealed class TableTests
{
    private static readonly Row s_row = new("MLP", "predict, batch 1", 1, new Figures(9.9, 10, 11.31), "ONNX Runtime", new Figures(12, 12.5, 13), 0.404, null)
    {
        Others = [("plain C", 250)],
    };

    [Theory]
    [InlineData(new[] { 3.0, 1, 2 }, 1, 2, 3)]
    [InlineData(new[] { 4.0, 1, 2, 9 }, 1, 3, 9)]
    [InlineData(new[] { 5.0 }, 5, 5, 5)]
    public void A_median_has_as_many_below_as_above(double[] measured, double minimum, double median, double maximum) =>
        Assert.Equal(new Figures(minimum, median, maximum), Figures.Of(measured));

    [Theory]
    [InlineData(0.05344, "0.0534")]
    [InlineData(0.4321, "0.432")]
    [InlineData(9.876, "9.88")]
    [InlineData(98.76, "98.8")]
    [InlineData(64825.4, "64825")]
    public void A_number_has_three_digits_that_mean_something(double value, string text) => Assert.Equal(text, Table.Number(value));

    [Fact]
    public void A_ratio_says_how_many_times_as_fast_we_are() => Assert.Equal(1.25, s_row.Ratio);

    [Fact]
    public void A_row_names_figures_peer_ratio_and_share()
    {
        string[] words = Table.Line(s_row).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("MLP predict, batch 1 1 9.90 10.0 11.3 ONNX Runtime 12.5 1.25 40 % plain C 250 (25.0)", string.Join(' ', words));
    }

    [Fact]
    public void A_row_that_is_wrong_says_so_and_has_no_figures()
    {
        Row wrong = s_row with { Wrong = "outputs differ", Ours = null, Theirs = null, PeakShare = 0, Others = [] };
        Assert.EndsWith("WRONG: outputs differ", Table.Line(wrong), StringComparison.Ordinal);
        Assert.Contains("| WRONG | ONNX Runtime |  |  |  |  |", Table.Markdown("a machine", "a command", [wrong]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_Markdown_table_names_the_machine_and_the_command() => Assert.Equal(
        """
        On a machine, by `a command`; medians in microseconds, DeepGen's with minimum and maximum:

        | workload | metric | threads | DeepGen | best peer | its time | ratio | of peak | other peers (ratio) |
        |---|---|---|---|---|---|---|---|---|
        | MLP | predict, batch 1 | 1 | 10.0 (9.90-11.3) | ONNX Runtime | 12.5 | 1.25 | 40 % | plain C 250 (25.0) |

        """.ReplaceLineEndings("\n"),
        Table.Markdown("a machine", "a command", [s_row]));

    [Fact]
    public void A_difference_is_measured_by_the_greatest_number()
    {
        Assert.Equal(0.25, Agreement.Distance([1, -4], [2, -4]));
        Assert.Equal(0, Agreement.Distance([0, 0], [0, 0]));
        Assert.Equal(double.PositiveInfinity, Agreement.Distance([1, 2], [1, float.NaN]));
        Assert.Equal(double.PositiveInfinity, Agreement.Distance([0], [1]));
    }
}
