namespace DeepGen.SelfTest.Cases;

[Block, Residual, LayerNorm, MultiHeadAttention(3, Causal = true)]
public sealed partial class LetterAttention;

[Block, Residual, RmsNorm, MultiHeadAttention(4, KeyValueHeads = 2, HeadSize = 6, Causal = true, Rotary = Rotary.Halves, Bias = false)]
public sealed partial class GroupedAttention;

[Block, Residual, RmsNorm, SwiGlu(40)]
public sealed partial class GatedFeedForward;

[Block, Use<LetterAttention>, Use<GatedFeedForward>]
public sealed partial class LetterBlock;

/// <summary>Numbers of positions and sizes of heads that no register and no tile divides.</summary>
[Network, Input(21)]
[Embedding(13, 24), LearnedPositions, Stack<LetterBlock>(2), Use<GroupedAttention>, LayerNorm, Tied("0")]
[Train(Loss.CrossEntropy, ClassAxis = -1), Certify]
public sealed partial class Letters;

/// <summary>Attention that predicts, is bounded and learns: hashed to the last bit.</summary>
internal sealed class AttentionCase : Case
{
    private const int Batch = 6, Length = 21, Kinds = 13;

    public override string Name => "attention over letters: predictions, bounds, twelve steps";

    public override void Run(Recorder recorder)
    {
        var network = new Letters(8) { Threads = recorder.Threads };
        int[] ids = new int[Batch * Length], next = new int[Batch * Length];
        for (int i = 0; i < ids.Length; i++)
        {
            int start = i / Length * 5;
            ids[i] = (start + (i % Length * 3)) % Kinds;
            next[i] = (start + (((i % Length) + 1) * 3)) % Kinds;
        }

        float[] scores = new float[Batch * Length * Kinds], lower = new float[scores.Length], upper = new float[scores.Length];
        network.Predict(ids, scores);
        network.Certify(ids, lower, upper);
        recorder.Hash.Add(scores);
        recorder.Hash.Add(lower);
        recorder.Hash.Add(upper);
        for (int i = 0; i < scores.Length; i++)
            recorder.Require(lower[i] <= scores[i] && scores[i] <= upper[i], $"score {i}, {scores[i]}, is not within [{lower[i]}, {upper[i]}]");

        // A position does not see those behind it.
        int[] others = [.. ids];
        others[Length - 1] = (others[Length - 1] + 1) % Kinds;
        float[] changed = new float[scores.Length];
        network.Predict(others, changed);
        int last = (Length - 1) * Kinds;
        recorder.Require(scores.AsSpan(0, last).SequenceEqual(changed.AsSpan(0, last)), "a position sees what is behind it");
        recorder.Require(!scores.AsSpan(last, Kinds).SequenceEqual(changed.AsSpan(last, Kinds)), "the last position does not see itself");

        var optimizer = new Sgd(0.1);
        recorder.Learn(12, network, () => network.Gradients(ids, next), () => network.Step(optimizer), below: 0.8f);
    }
}
