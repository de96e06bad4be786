using System.Collections.Immutable;

namespace DeepGen;

/// <summary>What an epoch came to: "loss" and the metrics over its training batches, and the same with "validation" before them.</summary>
/// <param name="Epoch">The epoch's number, from 1.</param>
/// <param name="Steps">How many steps there have been by its end.</param>
/// <param name="LearningRate">The learning rate of its last step.</param>
/// <param name="Seconds">How long it took, validation included.</param>
/// <param name="Values">The values by their names.</param>
public sealed record EpochRecord(
    int Epoch, long Steps, double LearningRate, double Seconds, ImmutableArray<KeyValuePair<string, double>> Values)
{
    /// <summary>What names of values begin with that were measured on the validation data.</summary>
    public const string Validation = "validation ";

    /// <summary>The mean training loss.</summary>
    public double Loss => this["loss"];

    /// <summary>The mean loss on the validation data; null without them, or where the loss is the class's own method.</summary>
    public double? ValidationLoss => TryGet(Validation + "loss", out double loss) ? loss : null;

    /// <summary>A value by its name: "loss", "accuracy", "validation accuracy".</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists those there are.</exception>
    public double this[string name] => TryGet(name, out double value)
        ? value
        : throw new KeyNotFoundException($"an epoch has no value '{name}'; it has {string.Join(", ", Values.Select(v => $"'{v.Key}'"))}");

    /// <summary>Finds a value by its name.</summary>
    public bool TryGet(string name, out double value)
    {
        foreach (var (key, held) in Values)
        {
            if (key == name)
            {
                value = held;
                return true;
            }
        }

        value = double.NaN;
        return false;
    }
}
