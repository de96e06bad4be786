using System.Globalization;
using Characters;
using Characters.Networks;
using DeepGen;

const int Piece = 96;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    // The first time while it learns; after that it ends the program, as usual.
    key.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};

try
{
    if (Options.Parse(args) is not { } options)
    {
        Console.WriteLine(Options.Help);
        return 0;
    }

    var corpus = new Corpus(options.Data is { } file ? File.ReadAllText(file) : Tales.Tell(options.Seed), Piece, options.Seed);
    int[] prompt = Corpus.Tokenizer.Encode(options.Prompt);
    Console.WriteLine($"{corpus.Length} characters {(options.Data is null ? "of tales made up by the program" : $"of {options.Data}, {corpus.LeftOut} left out")}");
    Console.WriteLine();
    Console.WriteLine(CharacterGpt.Summary);
    Console.WriteLine();

    var network = new CharacterGpt((ulong)options.Seed) { Threads = options.Threads };
    if (options.From is { } weights)
        network.Parameters.Load(weights);
    int learnt = Lesson.Learn(network, corpus, Piece, options.Steps, Console.Out, stop.Token);
    if (learnt < options.Steps)
        Console.WriteLine($"stopped after {learnt} steps; what was learnt is kept");
    stop.Cancel();

    Console.WriteLine($"Loss:        {Lesson.Judge(network, corpus):F3} on text never seen before");
    network.Parameters.Save(options.Out);
    Console.WriteLine($"Written:     the weights, {options.Out}");
    Console.WriteLine();

    Console.Write(options.Prompt.TrimStart());
    var how = new GenerationOptions { Temperature = options.Temperature, Seed = (ulong)options.Seed };
    foreach (string piece in Writer.Write(network.NewDecoder(), prompt, options.Write, how))
        Console.Write(piece);
    Console.WriteLine();
    return 0;
}
catch (Exception error) when (error is FormatException or IOException or ArgumentException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
