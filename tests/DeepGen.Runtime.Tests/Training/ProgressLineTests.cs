using System.Collections.Immutable;

namespace DeepGen.Tests;

public class ProgressLineTests
{
    private static readonly TrainingProgress Quarter =
        new(2, 10, 25, 100, 125, 0.12345, 0.9012, "accuracy", 1e-3, 12345.6, TimeSpan.FromSeconds(754));

    private readonly StringWriter _text = new() { NewLine = "\n" };

    [Fact]
    public void On_a_terminal_the_line_is_drawn_over_itself_and_leaves_no_letters_of_a_longer_one()
    {
        var line = new ProgressLine(_text, terminal: true);
        line.Draw(Quarter);
        line.Draw(Quarter with { Step = 50, TimeLeft = null });
        var drawn = _text.ToString().Split('\r');
        Assert.Equal("epoch 2/10 [=====>              ] step 25/100  12:34 left  loss 0.1235  accuracy 90.12 %  12,346 samples/s", drawn[0]);
        Assert.Equal("epoch 2/10 [==========>         ] step 50/100  loss 0.1235  accuracy 90.12 %  12,346 samples/s".PadRight(drawn[0].Length), drawn[1]);
        Assert.Equal(string.Empty, drawn[2]);
    }

    [Fact]
    public void A_narrow_terminal_gets_a_line_that_fits()
    {
        var line = new ProgressLine(_text, terminal: true, width: 41);
        line.Draw(Quarter);
        line.Draw(Quarter);
        Assert.Equal(["epoch 2/10 step 25/100  12:34 left  loss", "epoch 2/10 step 25/100  12:34 left  loss", ""], _text.ToString().Split('\r'));
    }

    [Fact]
    public void Elsewhere_a_line_is_a_line()
    {
        var line = new ProgressLine(_text, terminal: false);
        line.Draw(Quarter);
        line.Draw(Quarter with { StepsPerEpoch = 0, TimeLeft = TimeSpan.FromHours(26), Loss = 2e-5, MetricName = "" });
        Assert.Equal(
            """
            epoch 2/10 step 25/100  12:34 left  loss 0.1235  accuracy 90.12 %  12,346 samples/s
            epoch 2/10 step 25  26:00:00 left  loss 2.00e-5  12,346 samples/s

            """,
            _text.ToString());
    }

    [Fact]
    public void Steps_are_not_written_more_often_than_anybody_could_read()
    {
        var line = new ProgressLine(_text, terminal: false);
        for (int i = 0; i < 1000; i++)
        {
            line.Step(Quarter);
        }

        Assert.Equal(string.Empty, _text.ToString());
    }

    [Fact]
    public void The_end_of_an_epoch_stays()
    {
        var line = new ProgressLine(_text, terminal: true);
        line.Draw(Quarter);
        ImmutableArray<KeyValuePair<string, double>> values = [new("loss", 0.5), new("validation accuracy", 0.75)];
        line.Epoch(new EpochRecord(3, 300, 1e-3, 12.34, values), 10);
        Assert.Equal("epoch 3/10  loss 0.5000  validation accuracy 75.00 %  12.3 s", _text.ToString().Split('\r')[1].TrimEnd());
    }

    [Fact]
    public void A_name_longer_than_the_line_is_cut()
    {
        var line = new ProgressLine(_text, terminal: false);
        line.Say(new string('x', 1000));
        Assert.InRange(_text.ToString().Length, 300, 401);
        Assert.EndsWith("\n", _text.ToString());
    }

    [Fact]
    public void A_run_redirected_to_a_file_has_a_line_for_each_epoch()
    {
        var options = new FitOptions { Epochs = 3, Validation = Samples.Classes(30), Console = _text };
        Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), options);
        var lines = _text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^epoch 3/3  loss \d\.\d{4}  accuracy \d+\.\d\d %  validation loss \d\.\d{4}  validation accuracy \d+\.\d\d %  \d+\.\d s$", lines[2]);
        Assert.DoesNotContain('\r', _text.ToString());
    }
}
