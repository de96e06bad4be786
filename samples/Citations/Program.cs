using System.Diagnostics;
using System.Globalization;
using Citations;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Options? options;
Papers papers;
try
{
    options = Options.Parse(args);
    if (options is null)
    {
        Console.WriteLine(Options.Help);
        return 0;
    }

    papers = options.Data is { } folder ? Papers.Read(folder, 1433) : BlockModel.Draw((int)options.Seed);
}
catch (Exception error) when (error is FormatException or IOException or ArgumentException)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

int labelled = papers.Use.Count(use => use == "train");
Console.WriteLine($"{papers.Count} papers, {papers.Graph.Edges / 2} citations, {papers.Words.Count} words; the topics of {labelled} papers are known.");
Console.WriteLine(options.Data is null ? DrawnTopics.Summary : PaperTopics.Summary);

int classes = papers.Topics.Max() + 1;
float[] scores = new float[papers.Count * (options.Data is null ? BlockModel.Topics : 7)];
long start = Stopwatch.GetTimestamp();
if (options.Data is null)
    Lesson.OfDrawn(papers, options.Seed, options.Threads, Progress).Predict(papers.Words, scores);
else
    Lesson.OfPapers(papers, options.Seed, options.Threads, Progress).Predict(papers.Words, scores);

Console.WriteLine($"{Lesson.Epochs} epochs took {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s.");
Console.WriteLine();
Console.WriteLine("Of papers whose topic it was not told, by topic:");
int width = scores.Length / papers.Count;
for (int topic = 0; topic < classes; topic++)
{
    int[] asked = [.. Enumerable.Range(0, papers.Count).Where(i => papers.Use[i] == "test" && papers.Topics[i] == topic)];
    int right = asked.Count(i => Lesson.Largest(scores.AsSpan(i * width, width)) == topic);
    double share = asked.Length == 0 ? 0 : (double)right / asked.Length;
    Console.WriteLine($"  topic {topic}  {new string('#', (int)(share * 40)),-40}  {right,4} of {asked.Length,4}");
}

Console.WriteLine($"Right in all: {Lesson.Accuracy(scores, papers, "test"):P1}");
return 0;

void Progress(int epoch, float loss)
{
    if (epoch % 20 == 0 || epoch == 1)
        Console.WriteLine($"epoch {epoch,3}  loss {loss:F4}");
}
