using System.Collections.Immutable;
using DeepGen.Generator.Declare;

namespace DeepGen.Generator.Check;

/// <summary>
/// One use of a module: the same block used twice has two instances, each with parameters of its own. Parameters are
/// listed as declared and not as called, which is the order of PyTorch's <c>state_dict</c>.
/// </summary>
internal sealed class ModuleInstance(ModuleSpec spec, string path)
{
    public ModuleSpec Spec { get; } = spec;

    public ImmutableArray<MemberInstance> Members { get; } =
        spec.Members.Select(m => new MemberInstance(m, path.Length == 0 ? m.Path : path + "." + m.Path)).ToImmutableArray();

    public string Path { get; } = path;

    public IEnumerable<ParameterSpec> Parameters => Members.SelectMany(m => m.Parameters);
}

/// <summary>A member of a module instance and the parameters it has asked for so far.</summary>
internal sealed class MemberInstance(MemberSpec spec, string path)
{
    private readonly List<ParameterSpec> _own = [];
    private ModuleInstance? _block;

    public MemberSpec Spec { get; } = spec;

    public string Path { get; } = path;

    /// <summary>What the first call was given, in words; later calls must agree with it.</summary>
    public string FirstInput { get; set; } = "";

    public IEnumerable<ParameterSpec> Parameters => _block is null ? _own : _own.Concat(_block.Parameters);

    /// <summary>The number of trainable values, all copies counted.</summary>
    public long TrainableLength => _own.Where(p => p.Trainable).Sum(p => p.Length);

    /// <summary>The instance of the member's block; its path has a star where there are many copies.</summary>
    public ModuleInstance Block(ModuleSpec block, bool repeated) =>
        _block ??= new ModuleInstance(block, repeated ? Path + ".*" : Path);

    /// <summary>Adds a parameter, or checks that it is the one already there; false if their shapes differ.</summary>
    public bool Own(ParameterSpec parameter)
    {
        ParameterSpec? known = _own.FirstOrDefault(p => p.Path == parameter.Path);
        if (known is null)
        {
            _own.Add(parameter);
        }

        return known is null || known == parameter;
    }
}
