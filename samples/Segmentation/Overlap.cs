using DeepGen;
using DeepGen.Data;

namespace Segmentation;

/// <summary>
/// Intersection over union of a kind: of the pixels that are said to be of that kind or are, the share that is both. Counted over
/// all images together.
/// </summary>
internal sealed class Overlap(int kinds)
{
    private readonly long[] _both = new long[kinds];
    private readonly long[] _either = new long[kinds];

    /// <summary>The mean over the shapes: the background, which is easy, does not count.</summary>
    public double Mean => Enumerable.Range(1, kinds - 1).Average(Of);

    public double Of(int kind) => _either[kind] == 0 ? 1 : (double)_both[kind] / _either[kind];

    public static Overlap Measure<T>(T network, DataSet data)
        where T : class, INetwork<T>
    {
        var signature = T.Signature.Outputs[0];
        var overlap = new Overlap(signature.Shape[0]);
        var scores = new float[signature.Length];
        for (int i = 0; i < data.Count; i++)
        {
            network.Predict([data.Input(i).ToArray()], [scores]);
            overlap.Add(Said(scores, data.Classes(i).Length), data.Classes(i));
        }

        return overlap;
    }

    /// <summary>For each place the kind with the greatest score.</summary>
    public static int[] Said(ReadOnlySpan<float> scores, int places)
    {
        var said = new int[places];
        for (int i = 0; i < scores.Length; i++)
        {
            int kind = i / places, place = i % places;
            if (scores[i] > scores[(said[place] * places) + place])
                said[place] = kind;
        }

        return said;
    }

    private void Add(ReadOnlySpan<int> said, ReadOnlySpan<int> truth)
    {
        for (int i = 0; i < said.Length; i++)
        {
            _either[said[i]]++;
            if (said[i] == truth[i])
                _both[said[i]]++;
            else
                _either[truth[i]]++;
        }
    }
}
