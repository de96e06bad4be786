namespace DeepGen.SideBySide.Peers;

/// <summary>Who can do a workload, and in which ways; the first is whom DeepGen is compared with before anything is timed.</summary>
internal static class Candidates
{
    private static readonly string[] s_predicting = ["eager", "freeze", "optimize"];
    private static readonly string[] s_training = ["eager"];
    private static readonly string[] s_overGraphs = ["coo", "csr", "csr and dense words"];

    public static IEnumerable<Candidate> Of(Workload workload, int threads, string folder, PeerSet peers, Action<string> report)
    {
        bool predicts = workload.Work == Work.Predict;
        bool hasImages = workload.Signature.Inputs[0].Shape.Length == 3;
        if (!workload.OrtAlone && peers.Torch(threads) is { } torch)
        {
            foreach (string variant in predicts ? s_predicting : workload.Papers is null ? s_training : s_overGraphs)
                yield return new Candidate(torch, variant);
            if (hasImages)
                yield return new Candidate(torch, "channels_last");
        }

        foreach (string program in workload.OwnPeers)
        {
            if (peers.InC(program, threads) is { } own)
                yield return new Candidate(own, "");
        }

        if (predicts && peers.Ort(threads) is { } ort && Export(workload, folder, peers, report))
            yield return new Candidate(ort, "");
    }

    /// <summary>PyTorch writes the model that ONNX Runtime reads.</summary>
    private static bool Export(Workload workload, string folder, PeerSet peers, Action<string> report)
    {
        try
        {
            peers.Torch(1)?.Ask("export", workload.Network, $"{workload.Batch}", folder);
            return peers.Torch(1) is not null;
        }
        catch (PeerException error)
        {
            report($"{workload.Key}: there is no model for ONNX Runtime: {error.Message}");
            return false;
        }
    }
}
