namespace DeepGen.SideBySide.Peers;

/// <summary>A peer, and the way in which it is to do its work.</summary>
internal sealed record Candidate(PeerProcess Peer, string Variant)
{
    public string Name => Variant.Length > 0 ? $"{Peer.Name}, {Variant}" : Peer.Name;
}

/// <summary>A workload that a peer has prepared.</summary>
internal sealed class PeerTask(Candidate candidate, Workload workload, string folder, double rate)
{
    private readonly string _handle = candidate.Peer.Prepare(workload, candidate.Variant, folder, rate);

    public string Name => candidate.Name;

    /// <summary>Whose it is, whatever the way.</summary>
    public string Peer => candidate.Peer.Name;

    /// <summary>On which processors it may run, a bit for each.</summary>
    public void Place(nint processors) => candidate.Peer.Place(processors);

    public double Seconds(int count) => candidate.Peer.Seconds(_handle, count);

    /// <summary>Has it write what it computes: outputs, or weights after so many steps.</summary>
    public void Result(string file, int steps) => candidate.Peer.Result(_handle, file, steps);

    public void Drop() => candidate.Peer.Drop(_handle);
}
