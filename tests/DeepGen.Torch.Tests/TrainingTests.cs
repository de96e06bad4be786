using DeepGen.Torch.Tests.Networks;
using DeepGen.Torch.Tests.Support;

namespace DeepGen.Torch.Tests;

/// <summary>
/// The same weights, data and optimiser lead to the same losses and weights. PyTorch computes in double precision, so that all
/// of the difference is ours: that of one rounding, and what twenty steps make of it.
/// </summary>
[Collection(ReferenceCollection.Name)]
public sealed class TrainingTests(Reference reference)
{
    private const int Steps = 20;
    private const int BatchSize = 16;

    private static readonly Dictionary<string, Action<Example>> s_trainings = new()
    {
        ["mlp_relu_sgd"] = e => Train<MlpRelu>(e, new Sgd(0.1)),
        ["mlp_tanh_adam"] = e => Train<MlpTanh>(e, new Adam(0.003)),
        ["cnn_maxpool_momentum"] = e => Train<ConvolutionsMaxPool>(e, new Sgd(0.02, momentum: 0.9)),
        ["residual_batchnorm_momentum"] = e => Train<ResidualBatchNorm>(e, new Sgd(0.05, momentum: 0.9)),
        ["depthwise_separable_adam"] = e => Train<DepthwiseSeparable>(e, new Adam(0.002, amsGrad: true)),
        ["groupnorm_adagrad"] = e => Train<GroupNormConvolutions>(e, new Adagrad(0.01, initialSum: 0.01)),
        ["layernorm_mlp_adamw"] = e => Train<LayerNormMlp>(e, new AdamW(0.003, weightDecay: 0.05)),
        ["strided_avgpool_rmsprop"] = e => Train<StridedAveragePool>(e, new RmsProp(0.001, alpha: 0.95, momentum: 0.5)),
        ["wide_smoothed_weighted"] = e => Train<WideSmoothedWeighted>(e, new Sgd(0.1, momentum: 0.9, dampening: 0.1)),
        ["regression_huber_nesterov"] = e => Train<RegressionHuber>(e, new Sgd(0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01)),
        ["attention_causal_momentum"] = e => Train<AttentionCausal>(e, new Sgd(0.05, momentum: 0.9)),
        ["attention_masked_momentum"] = e => Train<AttentionMasked>(e, new Sgd(0.05, momentum: 0.9)),
        ["attention_cross_momentum"] = e => Train<AttentionCross>(e, new Sgd(0.05, momentum: 0.9)),
        ["attention_grouped_momentum"] = e => Train<AttentionGrouped>(e, new Sgd(0.05, momentum: 0.9)),
        ["gpt_momentum"] = e => Train<SmallGpt>(e, new Sgd(0.05, momentum: 0.9)),
        ["llama_momentum"] = e => Train<SmallLlama>(e, new Sgd(0.05, momentum: 0.9)),
        ["rnn_sgd"] = e => Train<RnnTwice>(e, new Sgd(0.1)),
        ["gru_stacked_momentum"] = e => Train<GruStacked>(e, new Sgd(0.05, momentum: 0.9)),
        ["lstm_adam"] = e => Train<LstmLast>(e, new Adam(0.003)),
        ["lstm_both_ways_stacked_adam"] = e => Train<LstmBothWays>(e, new Adam(0.003)),
        ["states_adam"] = e => Train<CarriedStates>(e, new Adam(0.003)),
        ["translated_momentum"] = e => Train<TranslatedStates>(e, new Sgd(0.05, momentum: 0.9)),
        ["ragged_adam"] = e => Train<RaggedLstm>(e, new Adam(0.003)),
        ["unet_momentum"] = e => Train<SmallUNet>(e, new Sgd(0.05, momentum: 0.9)),
        ["transposed_sgd"] = e => Train<Transposed>(e, new Sgd(0.05)),
        ["signals_adam"] = e => Train<Signals>(e, new Adam(0.003)),
        ["inverted_residual_momentum"] = e => Train<InvertedResiduals>(e, new Sgd(0.06, momentum: 0.9)),
    };

    public static TheoryData<string> Names => new(s_trainings.Keys);

    [TorchTheory]
    [MemberData(nameof(Names))]
    public void Losses_weights_and_running_statistics_of_twenty_steps_are_those_of_PyTorch(string name) => s_trainings[name](reference[name]);

    private static void Train<T>(Example example, Optimizer optimizer)
        where T : class, ITrainable<T>
    {
        T network = example.Load<T>("initial"), initial = example.Load<T>("initial"), final = example.Load<T>("final");
        float[] losses = example.Numbers("losses");
        var batches = example.Batches<T>(BatchSize).ToList();
        Assert.Equal((Steps, Steps), (losses.Length, batches.Count));

        float[] outputs = new float[BatchSize * T.Signature.Outputs.Single().Length];
        network.Predict([.. batches[0].Inputs], [outputs]);
        Agreement.Check("the first outputs", example.Numbers("outputs"), outputs);

        for (int step = 0; step < Steps; step++)
        {
            Agreement.Check($"the loss of step {step}", losses[step], network.Gradients(batches[step]));
            network.Training.Step(optimizer);
        }

        for (int i = 0; i < final.Parameters.Count; i++)
        {
            var expected = final.Parameters[i];
            Agreement.Check(expected.Name, expected.Values, network.Parameters[i].Values);

            // Otherwise agreement would mean nothing.
            double moved = Agreement.Distance(expected.Values, initial.Parameters[i].Values);
            Assert.True(moved > 100 * Agreement.Tolerance, $"training moves {expected.Name} by {moved:e1} of its greatest number only");
        }
    }
}
