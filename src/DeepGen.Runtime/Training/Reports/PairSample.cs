namespace DeepGen.Reports;

/// <summary>Targets and outputs of values for drawing: every so-manyth of them, as many as an eye can take in.</summary>
internal sealed class PairSample
{
    private const int Most = 1500;

    private readonly Subject _subject;
    private readonly long _samples;
    private readonly long[] _seen;

    /// <param name="subject">The network.</param>
    /// <param name="samples">How many samples there will be; null if that is not known.</param>
    public PairSample(Subject subject, long? samples)
    {
        _subject = subject;
        _samples = samples ?? 0;
        _seen = new long[subject.Targets.Length];
        Pairs = [.. subject.Targets.Select(_ => new List<(float Target, float Output)>())];
    }

    /// <summary>For each target its pairs; none where the loss compares no values with values.</summary>
    public List<(float Target, float Output)>[] Pairs { get; }

    public void Add(Batch batch, Memory<float>[] outputs)
    {
        for (int t = 0; t < Pairs.Length; t++)
        {
            var output = outputs[_subject.Targets[t].Output].Span;
            var values = batch.Targets[t].Values.Span;
            if (batch.Targets[t].IsClasses || values.Length != output.Length)
            {
                continue;
            }

            // An odd stride comes round to each of several outputs.
            long stride = (_samples * (values.Length / batch.Count) / Most) | 1;
            for (int i = 0; i < values.Length && Pairs[t].Count < 2 * Most; i++)
            {
                if (_seen[t]++ % stride == 0 && !float.IsNaN(values[i]))
                {
                    Pairs[t].Add((values[i], output[i]));
                }
            }
        }
    }
}
