using System.Collections.Immutable;

namespace DeepGen.Reports;

/// <summary>The samples with the largest loss of a pass through data, with copies of their inputs.</summary>
internal sealed class WorstSamples
{
    private const int Most = 24;

    private readonly Subject _subject;
    private readonly ClassTargets[] _classes;
    private readonly PriorityQueue<Sample, double> _worst = new();

    public WorstSamples(Subject subject)
    {
        _subject = subject;
        _classes = [.. subject.Targets.Select(t => ClassTargets.Of(t, subject.Signature.Outputs[t.Output]))];
    }

    /// <param name="Number">Which sample of the data.</param>
    /// <param name="Loss">Its loss.</param>
    /// <param name="Input">The values of its first input.</param>
    /// <param name="Truth">For each target the class, or -1.</param>
    /// <param name="Guess">For each target the class with the largest score, or -1.</param>
    /// <param name="Confidence">For each target its probability, or NaN.</param>
    /// <param name="Target">The first target's values, if it has values.</param>
    /// <param name="Output">The first target's output.</param>
    public sealed record Sample(
        long Number,
        double Loss,
        float[] Input,
        ImmutableArray<int> Truth,
        ImmutableArray<int> Guess,
        ImmutableArray<double> Confidence,
        float[] Target,
        float[] Output);

    /// <summary>The worst ones first.</summary>
    public IReadOnlyList<Sample> Ordered => [.. _worst.UnorderedItems.OrderByDescending(i => i.Priority).ThenBy(i => i.Element.Number).Select(i => i.Element)];

    public void Add(Batch batch, Memory<float>[] outputs, ReadOnlySpan<long> numbers)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            double loss = LossOf(batch, outputs, i, out bool mistaken);
            if (mistaken && (_worst.Count < Most || (_worst.TryPeek(out _, out double least) && loss > least)))
            {
                _worst.Enqueue(Copy(batch, outputs, i, numbers[i], loss), loss);
                if (_worst.Count > Most)
                {
                    _worst.Dequeue();
                }
            }
        }
    }

    /// <summary>Cross-entropy of classes, and squared errors of values; a sample whose classes are all right is no mistake.</summary>
    private double LossOf(Batch batch, Memory<float>[] outputs, int sample, out bool mistaken)
    {
        double loss = 0;
        mistaken = false;
        for (int t = 0; t < _classes.Length; t++)
        {
            var target = _subject.Targets[t];
            var output = outputs[target.Output].Span;
            int length = _subject.Signature.Outputs[target.Output].Length;
            for (int place = sample * _classes[t].Places; place < (sample + 1) * _classes[t].Places; place++)
            {
                var scores = _classes[t].Scores(output, place);
                int truth = _classes[t].True(batch.Targets[t], place);
                if (truth < 0)
                {
                    continue;
                }

                loss += scores.LogSumExp - scores[truth];
                mistaken |= scores.Largest != truth;
            }

            if (_classes[t].Classes == 0 && target.Length == length)
            {
                var values = batch.Targets[t].Values.Span;
                for (int k = sample * length; k < (sample + 1) * length; k++)
                {
                    bool isThere = !target.IsMasked || !float.IsNaN(values[k]);
                    loss += isThere ? Math.Pow((double)output[k] - values[k], 2) : 0;
                    mistaken |= isThere;
                }
            }
        }

        return loss;
    }

    private Sample Copy(Batch batch, Memory<float>[] outputs, int sample, long number, double loss)
    {
        float[] Part(ReadOnlySpan<float> all) => all.Slice(sample * (all.Length / batch.Count), all.Length / batch.Count).ToArray();
        int Truth(int t) => _classes[t].Places == 1 ? _classes[t].True(batch.Targets[t], sample) : -1;
        int Guess(int t) => _classes[t].Places == 1 ? _classes[t].Scores(outputs[_subject.Targets[t].Output].Span, sample).Largest : -1;
        double Confidence(int t) =>
            _classes[t].Places == 1 ? _classes[t].Scores(outputs[_subject.Targets[t].Output].Span, sample).Probability(Guess(t)) : double.NaN;
        var targets = Enumerable.Range(0, _classes.Length).ToArray();
        return new Sample(
            number,
            loss,
            Part(batch.Inputs[0].Span),
            [.. targets.Select(Truth)],
            [.. targets.Select(Guess)],
            [.. targets.Select(Confidence)],
            batch.Targets[0].IsClasses ? [] : Part(batch.Targets[0].Values.Span),
            Part(outputs[_subject.Targets[0].Output].Span));
    }
}
