using System.Collections.Immutable;

namespace DeepGen.Runtime;

/// <summary>The numbers a step reads besides inputs, targets and parameters.</summary>
internal static class StepSettings
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const int KeyBits = 24;

    public static void Fill(Span<float> settings, ImmutableArray<TrainingSetting> kinds, TrainingState state)
    {
        int start = 0;
        foreach (var setting in kinds)
        {
            var own = settings.Slice(start, setting.Length);
            start += setting.Length;
            switch (setting.Kind)
            {
                case TrainingSettingKind.Epsilon:
                    own.Fill(state.Epsilon);
                    break;
                case TrainingSettingKind.PlainShare:
                    own.Fill(state.PlainShare);
                    break;
                case TrainingSettingKind.DropoutKeys:
                    FillKeys(own, setting.Name, state);
                    break;
            }
        }
    }

    /// <summary>Each key is a function of the seed, the layer, the step and the copy alone: two numbers below 2^24, exact as floats.</summary>
    private static void FillKeys(Span<float> keys, string name, TrainingState state)
    {
        var random = new CounterRandom(state.Seed ^ ((ulong)state.StepNumber * Golden) ^ ((ulong)state.MicroBatch << 56), name);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = random.Bits(i) >> (64 - KeyBits);
        }
    }
}
