using DeepGen.Generator.Support;
using Microsoft.CodeAnalysis;

namespace DeepGen.Generator.Declare;

/// <summary>
/// One reading of one class (the root) together with the blocks it leads to. Findings in a block belong to the block, which is
/// read as a root of its own; here they only leave the root without a meaning.
/// </summary>
internal sealed class DeclarationWalk(INamedTypeSymbol root, Compilation compilation, CancellationToken cancellation)
{
    private readonly Dictionary<ISymbol, ModuleSpec?> _blocks = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];
    private readonly List<(INamedTypeSymbol Type, Place Reference)> _path = [];
    private readonly Dictionary<string, Place> _places = [];
    private readonly List<DeclareFinding> _findings = [];
    private readonly HashSet<DeclareFinding> _seen = [];

    public CancellationToken Cancellation => cancellation;

    /// <summary>Something could not be read, whether this walk reports it, another one does, or the C# compiler.</summary>
    public bool Failed { get; private set; }

    public EquatableArray<DeclareFinding> Findings => _findings.ToEquatable();

    public Places Places => new(_places
        .OrderBy(p => p.Key, StringComparer.Ordinal)
        .Select(p => new PlaceEntry(p.Key, p.Value))
        .ToEquatable());

    public SemanticModel Model(SyntaxTree tree)
    {
        if (!_models.TryGetValue(tree, out SemanticModel model))
        {
            model = compilation.GetSemanticModel(tree);
            _models.Add(tree, model);
        }

        return model;
    }

    public bool HasSource(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(r => Knows(r.SyntaxTree));

    public bool Knows(SyntaxTree tree) => compilation.ContainsSyntaxTree(tree);

    public void Fail() => Failed = true;

    public void Note(string key, Place place) => _places[key] = place;

    public void Report(INamedTypeSymbol owner, string id, Place place, params string[] arguments)
    {
        var finding = new DeclareFinding(id, place, EquatableArray.Of(arguments));
        Failed |= finding.IsError;
        if (SymbolEqualityComparer.Default.Equals(owner, root) && _seen.Add(finding))
        {
            _findings.Add(finding);
        }
    }

    public ModuleSpec? Root()
    {
        _path.Add((root, default));
        var scope = new ModuleScope(this, root, root, null);
        _places[scope.TypeName + "/type"] = scope.TypePlace;
        return ModuleReader.Read(scope);
    }

    /// <summary>The block a Stack or Use of another module refers to; null if it cannot be read.</summary>
    public ModuleSpec? Block(INamedTypeSymbol type, ModuleScope from, Place reference)
    {
        _path[_path.Count - 1] = (from.Type, reference);
        int start = _path.FindIndex(p => SymbolEqualityComparer.Default.Equals(p.Type, type));
        if (start >= 0)
        {
            string cycle = string.Join(" → ", _path.Skip(start).Select(p => p.Type.Name).Append(type.Name));
            Report(_path[start].Type, "DG0011", _path[start].Reference, type.Name, cycle);
            Fail();
            return null;
        }

        if (!_blocks.TryGetValue(type, out ModuleSpec? block))
        {
            ModuleScope scope = from.Enter(type, reference);
            _places[scope.TypeName + "/type"] = scope.TypePlace;
            _path.Add((type, default));
            block = ModuleReader.Read(scope);
            _path.RemoveAt(_path.Count - 1);
            _blocks.Add(type, block);
        }

        return block;
    }
}
