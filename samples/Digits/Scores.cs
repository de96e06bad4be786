using DeepGen;
using DeepGen.Data;

namespace Digits;

/// <summary>What a network says about some data: ten scores for each image, and the digits that are true.</summary>
internal sealed record Scores(float[] Values, int[] Truth)
{
    private const int AtOnce = 256;
    private const int Classes = 10;

    public int Count => Truth.Length;

    public int Right
    {
        get
        {
            int right = 0;
            for (int i = 0; i < Count; i++)
                right += Calibration.Largest(Values.AsSpan(i * Classes, Classes)) == Truth[i] ? 1 : 0;
            return right;
        }
    }

    public static Scores Of(INetwork network, DataSet data)
    {
        var scores = new Scores(new float[data.Count * Classes], new int[data.Count]);
        int done = 0;
        foreach (var batch in data.Batches(new BatchOptions(AtOnce)))
        {
            network.Predict(batch.Inputs.AsSpan(), [scores.Values.AsMemory(done * Classes, batch.Count * Classes)]);
            batch.Targets[0].Classes.CopyTo(scores.Truth.AsMemory(done));
            done += batch.Count;
        }

        return scores;
    }
}
