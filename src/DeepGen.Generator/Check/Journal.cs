using System.Collections.Immutable;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Check;

/// <summary>What elaboration notes down on its way: findings, each once, summary rows, labels, and how far it has come.</summary>
internal sealed class Journal
{
    // Blocks that use blocks twice grow exponentially, and recursion takes stack: beyond this nobody would want the code.
    public const int MostSteps = 100_000;
    public const int DeepestNesting = 100;

    private readonly HashSet<Finding> _seen = [];
    private readonly Dictionary<string, int> _labels = [];
    private readonly List<Finding> _findings = [];
    private readonly List<SummaryRow> _rows = [];
    private int _steps;
    private bool _isBeyond;

    public ImmutableArray<Finding> Findings => _findings.ToImmutableArray();

    public ImmutableArray<SummaryRow> Rows => _rows.ToImmutableArray();

    public int RowCount => _rows.Count;

    public void Report(Finding finding)
    {
        if (_seen.Add(finding))
        {
            _findings.Add(finding);
        }
    }

    public void Insert(int at, SummaryRow row) => _rows.Insert(at, row);

    /// <summary>Counts one more step of work; false when there have been too many, which is said once.</summary>
    public bool Advance(string typeName, int depth)
    {
        if (_isBeyond || (++_steps <= MostSteps && depth <= DeepestNesting))
        {
            return !_isBeyond;
        }

        _isBeyond = true;
        string much = depth > DeepestNesting
            ? $"blocks within blocks, {ShapeWords.Number(depth)} deep"
            : $"more than {ShapeWords.Number(MostSteps)} layers";
        Report(new Finding("DG0024", typeName + "/type", EquatableArray.Of("the network with all its blocks", much)));
        return false;
    }

    /// <summary>Names a value for people. A value keeps its first name, and a name used before gets a number.</summary>
    public void Label(Term value, string label)
    {
        if (value.Node.Label is null)
        {
            _labels.TryGetValue(label, out int uses);
            _labels[label] = uses + 1;
            value.Node.Label = uses == 0 ? label : label + "#" + ShapeWords.Number(uses + 1);
        }
    }
}
