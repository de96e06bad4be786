using System.Xml.Linq;
using DeepGen.Data;
using DeepGen.Reports;

namespace DeepGen.Tests;

public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_report_is_one_well_formed_file_that_needs_no_other()
    {
        var (text, page) = Classified(epochs: 3);
        foreach (string outside in new[] { "http:", "https:", "<script", "<link", "@import", "url(" })
        {
            Assert.DoesNotContain(outside, text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal("SoftmaxRegression", page.Descendants("h1").Single().Value);
        Assert.Equal(
            ["Learning", "Where it is right", "Classes", "The worst mistakes", "The network", "How it was done"],
            page.Descendants("h2").Select(h => h.Value));
        Assert.Contains("prefers-color-scheme: dark", text);
        Assert.Equal(SoftmaxRegression.Summary, page.Descendants("pre").Single().Value);
        Assert.Equal([Path.Combine(_folder.Path, "report.html")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void The_confusion_matrix_shows_every_count_with_its_words()
    {
        var network = new SoftmaxRegression();
        var (_, page) = Classified(3, network);
        var confusion = Trainer.Evaluate(network, Validation, new ConfusionMatrix()).Of<ConfusionMatrix>();
        var titles = page.Descendants("title").Select(t => t.Value).ToList();
        Assert.Contains(titles, t => t.StartsWith($"right taken for left: {confusion[1, 0]} of 30, ", StringComparison.Ordinal));
        Assert.Contains(titles, t => t.StartsWith($"below taken for below: {confusion[2, 2]} of 30, ", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_epoch_has_a_dot_in_each_curve()
    {
        var (_, page) = Classified(epochs: 5);
        Assert.Equal(2 * 2 * 5, page.Descendants("circle").Count(c => c.Attribute("class")!.Value.StartsWith("dot", StringComparison.Ordinal)));
        Assert.All(
            page.Descendants().SelectMany(e => e.Attributes()).Where(a => a.Name.LocalName is "x" or "y" or "cx" or "cy" or "width" or "height"),
            a => Assert.Matches(@"^-?\d+(\.\d+)?$", a.Value));
    }

    [Fact]
    public void The_worst_mistakes_are_drawn_worst_first()
    {
        var network = new SoftmaxRegression();
        var (_, page) = Classified(1, network);
        var mistakes = page.Descendants("div").Where(d => d.Attribute("class")?.Value == "mistake").ToList();
        Assert.InRange(mistakes.Count, 2, 24);
        var losses = mistakes.ConvertAll(m => double.Parse(m.Element("small")!.Value.Split(' ')[^1]));
        Assert.Equal(losses.OrderDescending(), losses);
        foreach (var mistake in mistakes)
        {
            int sample = int.Parse(mistake.Element("img")!.Attribute("alt")!.Value.Split(' ')[^1]);
            var scores = new float[3];
            network.Predict([Validation.Input(sample).ToArray()], [scores]);
            int guess = scores.AsSpan().IndexOf(scores.Max());
            var words = mistake.Elements("div").Single();
            Assert.NotEqual(guess, Validation.Class(sample));
            Assert.StartsWith($"{Validation.ClassNames()[Validation.Class(sample)]} taken for {Validation.ClassNames()[guess]}, ", words.Value);
        }
    }

    [Fact]
    public void A_picture_of_a_mistake_is_the_sample()
    {
        var network = new SoftmaxRegression();
        var (_, page) = Classified(1, network);
        var picture = page.Descendants("img").First();
        int sample = int.Parse(picture.Attribute("alt")!.Value.Split(' ')[^1]);
        var png = Convert.FromBase64String(picture.Attribute("src")!.Value["data:image/png;base64,".Length..]);
        var image = PngDecoder.Decode(png, "picture");
        Assert.Equal((2, 2, 1), (image.Width, image.Height, image.Channels));
        Assert.Equal(Validation.Input(sample).ToArray().Select(v => (byte)((v * 255) + 0.5f)), image.Pixels);
    }

    [Fact]
    public void Values_are_drawn_over_their_targets_and_listed()
    {
        var (_, page) = Written(new SmallPerceptron(), Samples.Values(), Samples.Values(40, seed: 7), epochs: 2);
        Assert.Equal(40, page.Descendants("circle").Count(c => c.Attribute("class")!.Value == "point"));
        Assert.Equal(24 + 1, page.Descendants("table").First().Elements("tr").Count());
        Assert.Contains(" instead of ", page.Descendants("table").First().Value);
    }

    [Fact]
    public void Names_cannot_become_markup()
    {
        var data = DataSet.FromArrays([.. Enumerable.Range(0, 40).Select(i => (float)i)], [4], [.. Enumerable.Range(0, 10).Select(i => i % 3)], ["<b>&\"", "</svg>", "ok"]);
        var (text, page) = Written(new SoftmaxRegression(), data, data, epochs: 1);
        Assert.DoesNotContain("</svg>\"", text);
        Assert.Contains("<b>&\"", page.Descendants("b").Select(b => b.Value));
    }

    [Fact]
    public void Without_validation_the_training_data_are_measured_and_the_report_says_so()
    {
        var (text, _) = Written(new SoftmaxRegression(), Samples.Classes(), null, epochs: 1);
        Assert.Contains("200 training samples", text);
    }

    [Fact]
    public void A_cancelled_training_before_its_first_epoch_has_a_report_too()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        string path = Path.Combine(_folder.Path, "report.html");
        Trainer.Fit(new SoftmaxRegression(), Samples.Classes(), new FitOptions { Report = path, Console = null }, source.Token);
        Assert.Contains("cancelled", File.ReadAllText(path));
    }

    [Theory]
    [InlineData(0, 1, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(0.83, 0.97, new[] { 0.82, 0.84, 0.86, 0.88, 0.9, 0.92, 0.94, 0.96, 0.98 })]
    [InlineData(-3, 12, new[] { -4.0, -2, 0, 2, 4, 6, 8, 10, 12 })]
    public void An_axis_ends_at_round_values_around_its_data(double low, double high, double[] ticks)
    {
        var axis = Axis.Round(low, high, 100, 200);
        Assert.Equal(ticks, axis.Ticks());
        Assert.Equal(100, axis[ticks[0]], 9);
        Assert.Equal(200, axis[ticks[^1]], 9);
    }

    [Fact]
    public void A_logarithmic_axis_names_powers_of_ten()
    {
        var axis = new Axis(0.001, 10, 0, 400, logarithmic: true);
        Assert.Equal([0.001, 0.01, 0.1, 1, 10], axis.Ticks().Select(t => Math.Round(t, 9)));
        Assert.Equal(100, axis[0.01], 9);
    }

    private static DataSet Validation { get; } = Samples.Classes(90, seed: 3);

    private (string Text, XDocument Page) Classified(int epochs, SoftmaxRegression? network = null) =>
        Written(network ?? new SoftmaxRegression(), Samples.Classes(), Validation, epochs);

    private (string Text, XDocument Page) Written<T>(T network, IDataSource data, IDataSource? validation, int epochs)
        where T : class, ITrainable<T>
    {
        string path = Path.Combine(_folder.Path, "report.html");
        Trainer.Fit(network, data, new FitOptions { Epochs = epochs, Validation = validation, Report = path, Console = null });
        string text = File.ReadAllText(path);
        return (text, XDocument.Parse(text.Replace("<!DOCTYPE html>", string.Empty)));
    }
}
