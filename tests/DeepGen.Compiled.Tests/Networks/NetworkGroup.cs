using System.Globalization;
using DeepGen.Compiled.Tests.Ragged;
using DeepGen.Compiled.Tests.Support;
using DeepGen.Compiled.Tests.Training;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>
/// Drawn networks by the two dozen, compiled together, once for all tests. How many is DEEPGEN_RANDOM_NETWORKS, where they
/// begin DEEPGEN_RANDOM_SEED.
/// </summary>
internal sealed class NetworkGroup
{
    public const int Size = 20;

    private const int InEveryRun = 80;

    private static readonly int s_seed = Setting("DEEPGEN_RANDOM_SEED", 1);

    private readonly Lazy<CompiledSource?> _source;

    private NetworkGroup(int first, int count, Func<int, DrawnNetwork> draw)
    {
        Networks = [.. Enumerable.Range(first, count).Select(draw)];
        _source = new(Together);
    }

    public static IReadOnlyList<NetworkGroup> All { get; } = Draw(InEveryRun, DrawnNetwork.Of);

    /// <summary>Fewer of those that are trained, whose code is longer.</summary>
    public static IReadOnlyList<NetworkGroup> Trained { get; } = Draw(InEveryRun / 2, DrawnTraining.Of);

    /// <summary>Networks of convolutions in tiles, which are trained too.</summary>
    public static IReadOnlyList<NetworkGroup> Tiled { get; } = Draw(InEveryRun / 2, DrawnTiles.Of);

    /// <summary>Networks of large images, which are trained too.</summary>
    public static IReadOnlyList<NetworkGroup> Banded { get; } = Draw(InEveryRun / 5, DrawnBands.Of);

    /// <summary>Convolutions with pools behind them, which are trained too.</summary>
    public static IReadOnlyList<NetworkGroup> Pooled { get; } = Draw(InEveryRun / 2, DrawnPools.Of);

    /// <summary>Products whose last columns are few, which are trained too.</summary>
    public static IReadOnlyList<NetworkGroup> OddColumns { get; } = Draw(InEveryRun / 2, DrawnColumns.Of);

    /// <summary>Sequences of lengths of their own.</summary>
    public static IReadOnlyList<NetworkGroup> Ragged { get; } = Draw(InEveryRun / 4, DrawnSequence.Of);

    /// <summary>Networks over graphs, which are trained too.</summary>
    public static IReadOnlyList<NetworkGroup> OverGraphs { get; } = Draw(InEveryRun / 2, DrawnOverGraph.Of);

    public IReadOnlyList<DrawnNetwork> Networks { get; }

    private static IReadOnlyList<NetworkGroup> Draw(int count, Func<int, DrawnNetwork> draw) =>
        [.. Enumerable.Range(0, Setting("DEEPGEN_RANDOM_NETWORKS", count)).Chunk(Size).Select(c => new NetworkGroup(s_seed + c[0], c.Length, draw))];

    /// <summary>Those whose text is no C#: a mistake of the drawing, which would otherwise be passed over.</summary>
    public IEnumerable<string> Wrong() => _source.Value is null ? Networks.Where(n => CompiledSource.IsWrong(n.Text)).Select(n => n.Text) : [];

    /// <summary>Asks of every network what is wrong with it. The first that fails is shown as small as it still does.</summary>
    public void Check(Func<RunningNetwork, string?> difference, Func<RunningNetwork, bool>? among = null) => Check((source, name) =>
    {
        RunningNetwork network = source.Create(name);
        return among is null || among(network) ? difference(network) : null;
    });

    /// <summary>The same where a network's text has more in it than its class.</summary>
    public void Check(Func<CompiledSource, string, string?> difference)
    {
        foreach (DrawnNetwork drawn in Networks)
        {
            string? Failure(Func<CompiledSource> source) => Failed(() => difference(source(), drawn.Name));

            if (Failure(() => _source.Value ?? CompiledSource.Load(drawn.Text)) is not null)
            {
                string least = Shrinker.Shrink(drawn.Text, text => Failure(() => CompiledSource.Load(text)) is not null);
                Assert.Fail($"{drawn.Name}: {Failure(() => CompiledSource.Load(least))}\n{least}");
            }
        }
    }

    /// <summary>All networks in one assembly; null if one of them does not compile, which is for each to say of itself.</summary>
    private CompiledSource? Together()
    {
        try
        {
            return CompiledSource.Load(string.Concat(Networks.Select(n => n.Text)));
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>What went wrong; nothing did where the declaration itself is wrong.</summary>
    private static string? Failed(Func<string?> difference)
    {
        try
        {
            return difference();
        }
        catch (UnsoundException)
        {
            return null;
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }

    /// <summary>What the generator wrote for all of them.</summary>
    public IEnumerable<string> Generated() => _source.Value?.Generated.Values ?? Networks.SelectMany(n => CompiledSource.Load(n.Text).Generated.Values);

    private static int Setting(string name, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : standard;
}
