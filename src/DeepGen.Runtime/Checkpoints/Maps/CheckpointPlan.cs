namespace DeepGen.Checkpoints;

/// <summary>
/// A map's rules applied to a checkpoint and a network: what is moved where, and all that does not fit. Nothing is read but what has to
/// be compared.
/// </summary>
internal sealed class CheckpointPlan
{
    private readonly CheckpointSource _source;
    private readonly ParameterSet _parameters;
    private readonly CheckpointMap _map;
    private readonly HashSet<StoredTensor> _used = [];
    private readonly HashSet<string> _filled = new(StringComparer.Ordinal);
    private readonly List<TensorMove> _moves = [];
    private readonly List<string> _complaints = [];

    public CheckpointPlan(CheckpointSource source, ParameterSet parameters, CheckpointMap map)
    {
        (_source, _parameters, _map) = (source, parameters, map);
        CheckFamily();
        foreach (var parameter in parameters)
        {
            if (!_filled.Contains(parameter.Name))
            {
                Fill(parameter);
            }
        }

        foreach (var tensor in source.Tensors)
        {
            if (!_used.Contains(tensor))
            {
                Leave(tensor);
            }
        }

        CheckpointFit.Refuse(_complaints);
    }

    public IReadOnlyList<TensorMove> Moves => _moves;

    /// <summary>A checkpoint without a single name of the family is another family's, and a list of all its names would help nobody.</summary>
    private void CheckFamily()
    {
        if (!_source.Tensors.Any(t => _map.Rules.Any(r => Match(r, t.Name) is not null)))
        {
            string found = string.Join(", ", _source.Tensors.Take(3).Select(t => $"'{t.Name}'"));
            string wanted = string.Join(", ", _map.Rules.Take(3).Select(r => $"'{r.Sources[0].Text}'"));
            throw new CheckpointException(
                $"it is no checkpoint of the family {_map.Family}: it holds {(found.Length > 0 ? found : "nothing")}, and {wanted} were expected");
        }
    }

    private void Fill(Parameter parameter)
    {
        foreach (var rule in _map.Rules)
        {
            foreach (var target in rule.Targets)
            {
                if (target.Match(parameter.Name) is { } numbers)
                {
                    Apply(rule, numbers);
                    return;
                }
            }
        }

        _complaints.Add($"the map for {_map.Family} has no rule for '{parameter.Name}'");
    }

    private void Apply(CheckpointRule rule, Dictionary<string, int> numbers)
    {
        var targets = new List<Parameter>();
        foreach (string name in rule.Targets.Select(t => t.Fill(numbers)))
        {
            _filled.Add(name);
            if (_parameters.TryGet(name, out var target))
            {
                targets.Add(target);
            }
            else
            {
                _complaints.Add($"the network has no '{name}', which comes with others from '{rule.Sources[0].Fill(numbers)}'");
            }
        }

        var tensors = new List<StoredTensor>();
        foreach (var pattern in rule.Sources)
        {
            var tensor = Find(pattern.Fill(numbers)) ?? (rule.Otherwise is { } other ? Find(other.Fill(numbers)) : null);
            if (tensor is not null)
            {
                _used.Add(tensor);
                tensors.Add(tensor);
            }
            else
            {
                _complaints.Add($"'{targets[0].Name}' needs '{pattern.Fill(numbers)}', which is missing");
            }
        }

        if (targets.Count == rule.Targets.Length && tensors.Count == rule.Sources.Length)
        {
            Move(rule, tensors, targets);
        }
    }

    /// <summary>Both sides one after another are the same rows.</summary>
    private void Move(CheckpointRule rule, List<StoredTensor> tensors, List<Parameter> targets)
    {
        var complaint = RowLayout.Complaint(tensors, targets, rule.IsTransposed);
        if (complaint is not null)
        {
            _complaints.Add(complaint);
            return;
        }

        int length = RowLayout.RowLength(targets[0].Shape);
        int t = 0, targetRow = 0;
        foreach (var tensor in tensors)
        {
            int rows = RowLayout.Rows(tensor, rule.IsTransposed);
            for (int row = 0; row < rows;)
            {
                int left = RowLayout.Rows(targets[t]) - targetRow;
                int count = Math.Min(rows - row, left);
                _moves.Add(new TensorMove(tensor, row, targets[t], targetRow, count, length, rule.IsTransposed));
                row += count;
                (t, targetRow) = count == left ? (t + 1, 0) : (t, targetRow + count);
            }
        }
    }

    /// <summary>A tensor that nothing asked for: it is ignored, or the tied twin of another, or one too many.</summary>
    private void Leave(StoredTensor tensor)
    {
        foreach (var rule in _map.Rules)
        {
            if (Match(rule, tensor.Name) is { } numbers && (rule.Targets.IsEmpty || rule.Otherwise is not null))
            {
                if (rule.Otherwise is { } other && Find(other.Fill(numbers)) is { } twin && !TensorComparison.AreEqual(tensor, twin))
                {
                    _complaints.Add($"'{tensor.Name}' and '{twin.Name}' differ, but the network has one parameter for both");
                }

                return;
            }
        }

        _complaints.Add($"the network has no place for '{tensor.Name}'");
    }

    private StoredTensor? Find(string name) =>
        _source.Find(name) ?? _map.Prefixes.Select(prefix => _source.Find(prefix + name)).FirstOrDefault(t => t is not null);

    private Dictionary<string, int>? Match(CheckpointRule rule, string name)
    {
        var names = _map.Prefixes.Where(p => name.StartsWith(p, StringComparison.Ordinal)).Select(p => name[p.Length..]).Prepend(name);
        return names.SelectMany(n => rule.Sources, (n, pattern) => pattern.Match(n)).FirstOrDefault(m => m is not null);
    }
}
