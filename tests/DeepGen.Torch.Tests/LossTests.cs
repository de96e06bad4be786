using DeepGen.Torch.Tests.Networks;
using DeepGen.Torch.Tests.Support;

namespace DeepGen.Torch.Tests;

/// <summary>Every loss that PyTorch has, after one layer.</summary>
[Collection(ReferenceCollection.Name)]
public sealed class LossTests(Reference reference)
{
    private const int BatchSize = 16;

    private static readonly Dictionary<string, Action<Example>> s_losses = new()
    {
        ["cross_entropy"] = Differentiate<CrossEntropy>,
        ["cross_entropy_smoothed"] = Differentiate<CrossEntropySmoothed>,
        ["cross_entropy_weighted"] = Differentiate<CrossEntropyWeighted>,
        ["cross_entropy_weighted_smoothed"] = Differentiate<CrossEntropyWeightedSmoothed>,
        ["cross_entropy_soft"] = Differentiate<CrossEntropySoft>,
        ["cross_entropy_soft_smoothed"] = Differentiate<CrossEntropySoftSmoothed>,
        ["cross_entropy_soft_weighted_smoothed"] = Differentiate<CrossEntropySoftWeightedSmoothed>,
        ["cross_entropy_of_pixels"] = Differentiate<CrossEntropyOfPixels>,
        ["cross_entropy_of_pixels_weighted_smoothed"] = Differentiate<CrossEntropyOfPixelsWeightedSmoothed>,
        ["binary_cross_entropy"] = Differentiate<BinaryCrossEntropy>,
        ["binary_cross_entropy_soft"] = Differentiate<BinaryCrossEntropy>,
        ["mean_squared_error"] = Differentiate<MeanSquaredError>,
        ["l1"] = Differentiate<L1>,
        ["huber"] = Differentiate<Huber>,
        ["huber_delta"] = Differentiate<HuberDelta>,
        ["kullback_leibler"] = Differentiate<KullbackLeibler>,
        ["kullback_leibler_sparse"] = Differentiate<KullbackLeibler>,
        ["gaussian_nll"] = Differentiate<GaussianNll>,
        ["cosine_embedding"] = Differentiate<CosineEmbedding>,
        ["cosine_embedding_pair"] = Differentiate<CosineEmbeddingPair>,
        ["cosine_embedding_pair_margin"] = Differentiate<CosineEmbeddingPairMargin>,
    };

    public static TheoryData<string> Names => new(s_losses.Keys);

    [TorchTheory]
    [MemberData(nameof(Names))]
    public void A_loss_and_its_gradients_are_those_of_PyTorch(string name) => s_losses[name](reference["losses", name]);

    private static void Differentiate<T>(Example example)
        where T : class, ITrainable<T>
    {
        T network = example.Load<T>("initial"), gradients = example.Load<T>("gradients");
        var batch = Assert.Single(example.Batches<T>(BatchSize));

        Agreement.Check("the loss", Assert.Single(example.Numbers("loss")), network.Gradients(batch));

        foreach (var parameter in network.Parameters)
            Agreement.Check($"the gradient of {parameter.Name}", gradients.Parameters[parameter.Name].Values, network.Training.Gradients.Of(parameter));
    }
}
