namespace DeepGen.SideBySide.Peers;

/// <summary>The peers that are there, each started once for a number of threads. They are where the environment says.</summary>
/// <param name="report">Takes a line about a peer that cannot be had.</param>
internal sealed class PeerSet(Action<string> report) : IDisposable
{
    private readonly Dictionary<(string Program, int Threads), PeerProcess?> _running = [];

    private static string Programs => Environment.GetEnvironmentVariable("DEEPGEN_PEERS") ?? throw new PeerException("DEEPGEN_PEERS is not set; use benchmarks/side-by-side.sh");

    private static string Scripts => Environment.GetEnvironmentVariable("DEEPGEN_PEER_SCRIPTS") ?? throw new PeerException("DEEPGEN_PEER_SCRIPTS is not set; use benchmarks/side-by-side.sh");

    public IEnumerable<PeerProcess> Running => _running.Values.OfType<PeerProcess>();

    public PeerProcess? Torch(int threads) => Get("torch", threads, () => Start("/usr/bin/python3", [Path.Combine(Scripts, "torch_peer.py"), $"{threads}"], threads));

    public PeerProcess? Ort(int threads) => InC("ort_peer", threads);

    /// <summary>A peer by the name of its program.</summary>
    public PeerProcess? InC(string program, int threads) => Get(program, threads, () =>
    {
        string path = Path.Combine(Programs, program);
        return File.Exists(path) ? Start(path, [$"{threads}"], threads) : throw new PeerException("it has not been compiled");
    });

    public void Dispose()
    {
        foreach (var peer in Running)
            peer.Dispose();
    }

    private static PeerProcess Start(string program, string[] arguments, int threads) => new(program, arguments,
    [
        ("OMP_NUM_THREADS", $"{threads}"),
        ("OPENBLAS_NUM_THREADS", $"{threads}"),
        // Large tensors stay in the heap: handing each back to the system and asking for it again costs a CNN's training a third.
        ("MALLOC_MMAP_THRESHOLD_", $"{1L << 30}"),
        ("MALLOC_TRIM_THRESHOLD_", $"{1L << 33}"),
    ]);

    private PeerProcess? Get(string program, int threads, Func<PeerProcess> start)
    {
        if (!_running.TryGetValue((program, threads), out var peer))
        {
            try
            {
                peer = start();
            }
            catch (PeerException error)
            {
                report($"{program} with {threads} thread{(threads > 1 ? "s" : "")} is left out: {error.Message}");
            }

            _running.Add((program, threads), peer);
        }

        return peer;
    }
}
