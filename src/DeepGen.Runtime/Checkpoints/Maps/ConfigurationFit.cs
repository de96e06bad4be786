namespace DeepGen.Checkpoints;

/// <summary>Compares the shapes that a configuration gives to a family's tensors with those of a network's parameters.</summary>
internal static class ConfigurationFit
{
    /// <summary>The letter by which maps number blocks.</summary>
    private const string Layer = "layer";

    public static List<string> Complaints(ModelConfiguration configuration, ParameterSet parameters, CheckpointMap map)
    {
        var complaints = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int layers = 0;
        foreach (var parameter in parameters)
        {
            if (Find(map, parameter.Name) is not var (rule, numbers))
            {
                complaints.Add($"the map for {map.Family} has no rule for '{parameter.Name}'");
                continue;
            }

            layers = numbers.TryGetValue(Layer, out int layer) ? Math.Max(layers, layer + 1) : layers;
            var names = rule.Targets.Select(t => t.Fill(numbers)).ToList();
            if (rule.Sizes.Length > 0 && seen.Add(names[0]))
            {
                complaints.AddRange(Compare(configuration, rule, [.. names.Where(n => parameters.TryGet(n, out _)).Select(n => parameters[n])]));
            }
        }

        foreach (var rule in map.Rules.Where(r => r.Otherwise is not null && !configuration.TiedOutput))
        {
            complaints.AddRange(rule.Targets.Where(t => !parameters.Any(p => t.Match(p.Name) is not null))
                .Select(t => $"the configuration's output is not tied, and the network has no '{t.Text}'"));
        }

        if (layers != configuration.Layers)
        {
            complaints.Insert(0, $"the network has {layers} blocks, and the configuration {configuration.Layers}");
        }

        return complaints;
    }

    private static (CheckpointRule Rule, Dictionary<string, int> Numbers)? Find(CheckpointMap map, string name)
    {
        foreach (var rule in map.Rules)
        {
            foreach (var target in rule.Targets)
            {
                if (target.Match(name) is { } numbers)
                {
                    return (rule, numbers);
                }
            }
        }

        return null;
    }

    /// <summary>Rows add up on both sides, and have the same length.</summary>
    private static IEnumerable<string> Compare(ModelConfiguration configuration, CheckpointRule rule, List<Parameter> targets)
    {
        var shapes = rule.Sizes.Select(s => s.Split(' ').Select(word => (long)configuration.Size(word))).Select(s => (rule.IsTransposed ? s.Reverse() : s).ToArray()).ToList();
        long[] wanted = [shapes.Sum(s => s[0]), .. shapes[0][1..]];
        long[] found = [targets.Sum(t => (long)t.Shape[0]), .. targets[0].Shape.Skip(1).Select(s => (long)s)];
        if (!wanted.SequenceEqual(found))
        {
            string words = string.Join(", ", rule.Sizes.SelectMany(s => s.Split(' ')).Distinct().Select(w => $"{w} {configuration.Size(w)}"));
            string together = targets.Count > 1 ? " together" : "";
            yield return $"{string.Join(", ", targets.Select(t => $"'{t.Name}'"))} must be {Shapes.Text(wanted)}{together} ({words}), and the network has {Shapes.Text(found)}";
        }
    }
}
