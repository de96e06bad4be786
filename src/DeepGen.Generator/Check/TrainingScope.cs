using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Check;

/// <summary>What elaboration for training hands out beside parameters: settings, which are inputs after those of samples.</summary>
internal sealed class TrainingScope(int firstSetting)
{
    /// <summary>What the path of a setting starts with, as no parameter's does.</summary>
    public const char Mark = '@';

    private readonly Dictionary<string, int> _sites = [];
    private readonly Dictionary<string, Term> _inputs = [];
    private readonly List<SettingSpec> _settings = [];

    public ImmutableArray<SettingSpec> Settings => _settings.ToImmutableArray();

    /// <summary>A name for one use of a layer: a layer used twice drops different values each time.</summary>
    public string Site(string path)
    {
        _sites.TryGetValue(path, out int uses);
        _sites[path] = uses + 1;
        return Mark + path + (uses == 0 ? "" : "#" + ShapeWords.Number(uses + 1));
    }

    public Term Setting(GraphBuilder graph, string path, SettingKind kind, Shape shape)
    {
        if (!_inputs.TryGetValue(path, out Term input))
        {
            string name = path.TrimStart(Mark);
            input = new Term(graph, graph.Add(new Input(firstSetting + _settings.Count, name, TensorType.Float(shape))));
            _settings.Add(new SettingSpec(name, kind, (int)shape.ConstantLength));
            _inputs.Add(path, input);
        }

        return input;
    }
}
