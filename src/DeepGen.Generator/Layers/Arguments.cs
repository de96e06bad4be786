using System.Collections.Immutable;
using DeepGen.Generator.Declare;

namespace DeepGen.Generator.Layers;

/// <summary>The arguments of one layer as written, the layer's defaults standing in for those left out.</summary>
internal sealed class Arguments(ImmutableArray<Argument> declared, IEnumerable<ArgumentSpec> written)
{
    private readonly ImmutableArray<ArgumentSpec> _written = written.ToImmutableArray();

    /// <summary>Arguments that break their own rule, whatever the input: the argument and its value as text.</summary>
    public IEnumerable<(Argument Argument, string Value)> Wrong()
    {
        foreach (Argument argument in declared)
        {
            ArgumentSpec? spec = Find(argument.Name);
            if (spec is not null && argument.Wrong(spec) is string value)
            {
                yield return (argument, value);
            }
        }
    }

    public bool Has(string name) => Find(name) is { Numbers.Count: > 0 };

    public int Whole(string name) => (int)Number(name);

    public float Real(string name) => (float)Number(name);

    public bool Flag(string name) => Number(name) != 0;

    public ImmutableArray<int> List(string name) =>
        Find(name) is ArgumentSpec spec ? spec.Numbers.Select(n => (int)n).ToImmutableArray() : ImmutableArray<int>.Empty;

    public ImmutableArray<float> Reals(string name) =>
        Find(name) is ArgumentSpec spec ? spec.Numbers.Select(n => (float)n).ToImmutableArray() : ImmutableArray<float>.Empty;

    /// <summary>A name; null where it is left out.</summary>
    public string? Text(string name) => Find(name)?.Text;

    /// <summary>What is written that is not among the arguments declared.</summary>
    public IEnumerable<string> Unknown() => _written.Select(a => a.Name).Where(n => declared.All(a => a.Name != n));

    private double Number(string name) =>
        Find(name) is { Numbers.Count: > 0 } spec ? spec.Numbers[0] : declared.First(a => a.Name == name).Default;

    private ArgumentSpec? Find(string name) => _written.FirstOrDefault(a => a.Name == name);
}
