using System.Globalization;
using DeepGen.Compiled.Tests.Support;

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

    private readonly Lazy<CompiledSource> _source;

    private NetworkGroup(int first, int count)
    {
        Networks = [.. Enumerable.Range(first, count).Select(DrawnNetwork.Of)];
        _source = new(() => CompiledSource.Load(string.Concat(Networks.Select(n => n.Text))));
    }

    public static IReadOnlyList<NetworkGroup> All { get; } =
    [
        .. Enumerable.Range(0, Setting("DEEPGEN_RANDOM_NETWORKS", InEveryRun)).Chunk(Size).Select(c => new NetworkGroup(s_seed + c[0], c.Length)),
    ];

    public IReadOnlyList<DrawnNetwork> Networks { get; }

    public CompiledSource Source => _source.Value;

    /// <summary>Asks of every network what is wrong with it; those that fail are shown as small as they still fail.</summary>
    public void Check(Func<RunningNetwork, string?> difference, Func<RunningNetwork, bool>? among = null)
    {
        var failures = new List<string>();
        foreach (DrawnNetwork drawn in Networks)
        {
            RunningNetwork network = Source.Create(drawn.Name);
            if ((among is null || among(network)) && Failure(() => difference(network)) is { } failure)
            {
                failures.Add(failure + "\n" + drawn.Text);
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    private static string? Failure(Func<string?> difference)
    {
        try
        {
            return difference();
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }

    private static int Setting(string name, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : standard;
}
