using System.Text.RegularExpressions;
using DeepGen.Compiled.Tests.Networks;
using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Training;

/// <summary>
/// A random network that asks to be trained: a loss for each of its outputs, drawn as well. One that has nothing to train stays
/// as it is.
/// </summary>
internal static partial class DrawnTraining
{
    private static readonly string[] s_losses = ["MeanSquaredError", "Huber", "BinaryCrossEntropy", "L1"];

    public static DrawnNetwork Of(int seed)
    {
        DrawnNetwork drawn = DrawnNetwork.Of(seed);
        var dice = new Drawing(seed);
        string[] outputs = [.. OutputNames().Matches(drawn.Text).Select(m => m.Groups[1].Value).Distinct()];
        string losses = outputs.Length == 0 && dice.Chance(40) ? $"Train(Loss.CrossEntropy{(dice.Chance(50) ? ", Certified = true" : ", LabelSmoothing = 0.1f")})"
            : outputs.Length == 0 ? $"Train(Loss.{dice.One(s_losses)})"
            : string.Join(", ", outputs.Select((o, i) => $"Train(Loss.{dice.One(s_losses)}, Output = \"{o}\", Weight = 0.{i + 3}f)"));
        string text = drawn.Text.Replace("Certify, Trace]", losses + "]", StringComparison.Ordinal);
        return CompiledSource.IsSound(text, drawn.Name) ? drawn with { Text = text } : drawn;
    }

    [GeneratedRegex(@"Tensor (Output\d+)")]
    private static partial Regex OutputNames();
}
