using DeepGen.SideBySide.Measuring;

namespace DeepGen.SideBySide;

/// <summary>What is done with a network: predictions, or steps of an optimiser.</summary>
internal enum Work
{
    Predict,
    Sgd,
    Adam,
    AdamW,
}

/// <summary>A network and what is done with it, and how DeepGen does that many times over.</summary>
internal sealed record Workload
{
    /// <summary>
    /// That of both sides. With the usual 1e-8 a gradient that is nothing but rounding moves a weight as far as any other, and no two
    /// programs would agree.
    /// </summary>
    public const double AdamEpsilon = 1e-6;

    /// <summary>The same where whole parameters have no gradient but for rounding: a bias of keys adds the same to all scores of a query.</summary>
    private const double AdamWEpsilon = 1e-5;

    /// <summary>What it is asked for by, such as W1.</summary>
    public required string Id { get; init; }

    /// <summary>The network in words.</summary>
    public required string Title { get; init; }

    /// <summary>Its name among the peers' networks.</summary>
    public required string Network { get; init; }

    public required Work Work { get; init; }

    /// <summary>Samples at once.</summary>
    public required int Batch { get; init; }

    /// <summary>Floating-point operations of one repetition.</summary>
    public required double Flops { get; init; }

    public required NetworkSignature Signature { get; init; }

    /// <summary>Where the input is made of ids, how many there are; else 0.</summary>
    public int Ids { get; init; }

    /// <summary>How many ids a decoder has been given before the one whose scores are asked for; 0 for any other network.</summary>
    public int Past { get; init; }

    /// <summary>Whether both sides are given weights that bfloat16 has, as ours keeps them so.</summary>
    public bool RoundsWeights { get; init; }

    /// <summary>Where the samples are the nodes of a graph, how large that is; else null.</summary>
    public PaperCounts? Papers { get; init; }

    /// <summary>What it learns from; null where it only predicts.</summary>
    public TargetSignature? Target { get; init; }

    /// <summary>A network of ours with weights from a seed.</summary>
    public required Func<ulong, INetwork> Create { get; init; }

    /// <summary>Makes of a network, an example and a learning rate what repeats the work so many times.</summary>
    public required Func<INetwork, Example, double, Action<int>> Repeating { get; init; }

    /// <summary>
    /// The learning rate at which steps are compared. In a deep network rounding decides the sign of some value before a relu, and with
    /// it a hundredth of some weight's gradient (PyTorch's single precision is as far from its double). So weights must move many times
    /// as far as the tolerance, but not a hundred times.
    /// </summary>
    public double Rate { get; init; }

    /// <summary>Whether it is also measured with two threads on both sides.</summary>
    public bool TwoThreads { get; init; }

    /// <summary>All of its layers, where the title does not say them.</summary>
    public string? Declaration { get; init; }

    /// <summary>Whether it is measured against ONNX Runtime and nobody else.</summary>
    public bool OrtAlone { get; init; }

    /// <summary>The programs of peers written in C that know this network.</summary>
    public string[] OwnPeers { get; init; } = [];

    public string Name => Title == Id ? Id : $"{Id} {Title}";

    public string Metric => Past > 0 ? $"decode, {Past} past" : Work == Work.Predict ? $"predict, batch {Batch}" : $"train, {(Work == Work.Sgd ? "SGD" : $"{Work}")}, batch {Batch}";

    /// <summary>A name that may be that of a folder.</summary>
    public string Key => $"{Id}-{Network}-{Work.ToString().ToLowerInvariant()}-{Batch}";

    /// <param name="predict">A loop over Predict of the class itself, as a user would call it.</param>
    public static Workload Predicting<T>(string id, string title, string network, int batch, MultiplyAdds adds, Action<T, float[], float[], int> predict)
        where T : class, INetwork<T> => new()
        {
            Id = id,
            Title = title,
            Network = network,
            Work = Work.Predict,
            Batch = batch,
            Flops = adds.Prediction(batch),
            Signature = T.Signature,
            Create = seed => T.Create(seed),
            Repeating = (made, example, _) =>
            {
                var ours = (T)made;
                return count => predict(ours, example.Input, example.Output, count);
            },
        };

    /// <summary>
    /// One more token after so many. To go on for long, a text begins anew where it has reached its greatest length, which is to be
    /// twice as many: on average a step has as many before it.
    /// </summary>
    public static Workload Decoding<T>(string id, string title, string network, int past, MultiplyAdds adds)
        where T : class, INetwork<T>, ITokenModel
    {
        TensorSignature ids = T.Signature.Inputs.Single(), scores = T.Signature.Outputs.Single();
        return new()
        {
            Id = id,
            Title = title,
            Network = network,
            Work = Work.Predict,
            Batch = 1,
            Past = past,
            Ids = scores.Shape[^1],
            Flops = adds.Prediction(1),
            Signature = T.Signature with { Inputs = [ids with { Shape = [1] }], Outputs = [scores with { Shape = [scores.Shape[^1]] }] },
            OrtAlone = true,
            Create = seed => T.Create(seed),
            Repeating = (made, example, _) =>
            {
                IDecoder decoder = ((T)made).NewDecoder();
                decoder.Prefill(example.Past);
                int token = (int)example.Input[0];
                return count =>
                {
                    for (; count > 0; count--)
                    {
                        if (decoder.Position == decoder.MaximumLength)
                            decoder.Reset();
                        decoder.Step(token).CopyTo(example.Output);
                    }
                };
            },
        };
    }

    public static Workload Training<T>(string id, string title, string network, int batch, MultiplyAdds adds, Work work)
        where T : class, ITrainable<T> => new()
        {
            Id = id,
            Title = title,
            Network = network,
            Work = work,
            Batch = batch,
            Flops = adds.Training(batch),
            Signature = T.Signature,
            Target = T.Targets.Single(),
            Create = seed => T.Create(seed),
            Rate = work == Work.Sgd ? 0.1 : 1e-3,
            Repeating = (made, example, rate) =>
            {
                var ours = (T)made;
                Optimizer optimizer = work switch
                {
                    Work.Adam => new Adam(rate, epsilon: AdamEpsilon),
                    Work.AdamW => new AdamW(rate, epsilon: AdamWEpsilon),
                    _ => new Sgd(rate),
                };
                Batch samples = example.Batch;
                return count =>
                {
                    for (; count > 0; count--)
                        ours.Learn(samples, optimizer);
                };
            },
        };
}
