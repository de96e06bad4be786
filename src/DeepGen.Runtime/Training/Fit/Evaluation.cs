using System.Collections.Immutable;

namespace DeepGen;

/// <summary>What predictions over some data came to.</summary>
/// <param name="Values">The values by their names: "loss", "accuracy".</param>
/// <param name="Metrics">The metrics themselves, for what they know beside their value.</param>
public sealed record Evaluation(ImmutableArray<KeyValuePair<string, double>> Values, IReadOnlyList<Metric> Metrics)
{
    /// <summary>A value by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists those there are.</exception>
    public double this[string name]
    {
        get
        {
            foreach (var (key, value) in Values)
            {
                if (key == name)
                {
                    return value;
                }
            }

            throw new KeyNotFoundException($"there is no value '{name}', only {string.Join(", ", Values.Select(v => $"'{v.Key}'"))}");
        }
    }

    /// <summary>The first metric of a kind: <c>evaluation.Of&lt;ConfusionMatrix&gt;()[7, 1]</c>.</summary>
    /// <exception cref="KeyNotFoundException">None of this kind was asked for.</exception>
    public T Of<T>()
        where T : Metric => Metrics.OfType<T>().FirstOrDefault() ?? throw new KeyNotFoundException($"no {typeof(T).Name} was measured");
}
