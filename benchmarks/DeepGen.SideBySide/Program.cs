using System.Globalization;
using DeepGen.Benchmarks;
using DeepGen.Runtime;
using DeepGen.SideBySide;
using DeepGen.SideBySide.Drawing;
using DeepGen.SideBySide.Measuring;
using DeepGen.SideBySide.Peers;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Options? options;
try
{
    options = Options.Parse(args);
}
catch (FormatException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

if (options is null)
{
    Console.WriteLine(Options.Help);
    return 0;
}

if (options is { WriteNetworks: { } networks, Random: { } draw })
{
    DrawnSource.Write(networks, DrawnNetwork.Draw(draw.Seed, draw.Count));
    return 0;
}

if (options.Alone is { } metric)
    return Alone.Run(Workloads.All.Where(w => options.Only.Count == 0 || options.Only.Contains(w.Id)), metric, options.Threads ?? 1);

var rows = new List<Row>();
Console.WriteLine($"{Machine.Describe()}; kernels: {InstructionSet.Name}");
Console.WriteLine();
Console.WriteLine(Table.Heading);
string examples = Directory.CreateTempSubdirectory("deepgen-side-by-side-").FullName;
using (var peers = new PeerSet(Report))
{
    var comparison = new Comparison(peers, examples, Report);
    if (options.Random is not null)
        rows.AddRange(RandomSuite.Run(peers, comparison, Path.Combine(AppContext.BaseDirectory, "..", "drawn.py"), row => Console.WriteLine(Table.Line(row)), Report));
    else
        RunAll(comparison);
}

Directory.Delete(examples, recursive: true);

if (options.Markdown is { } file)
    File.WriteAllText(file, Table.Markdown(Machine.Describe(), string.Join(' ', args.TakeWhile(a => a != "--markdown").Prepend("benchmarks/side-by-side.sh")), rows));
return rows.Count > 0 && rows.All(row => row.Wrong is null) ? 0 : 1;

void RunAll(Comparison comparison)
{
    foreach (int threads in options.Threads is { } only ? [only] : new[] { 1, 2 })
    {
        foreach (var workload in Workloads.All.Where(w => (threads == 1 || w.TwoThreads) && (options.Only.Count == 0 || options.Only.Contains(w.Id))))
        {
            foreach (var row in comparison.Run(workload, threads, options.Quick ? Plan.Quick : Plan.Full))
            {
                rows.Add(row);
                Console.WriteLine(Table.Line(row));
            }
        }
    }
}

static void Report(string line) => Console.WriteLine("# " + line);
