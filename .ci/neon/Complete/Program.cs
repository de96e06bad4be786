// usage: Complete <trimmed core library> <framework folder> <result folder> <assembly>...
// The emulated arm64 runtime comes with a framework trimmed for another program. Every member of the core library that
// the given assemblies name and that is gone is put back, from the full library of this machine; the assemblies beside
// the core library are taken whole, as portable code.
using Complete;
using Mono.Cecil;

string[] beside =
[
    "System.Runtime", "System.Runtime.Intrinsics", "System.Runtime.InteropServices", "System.Numerics.Vectors", "System.Collections",
    "System.Collections.Immutable", "System.Linq", "System.Memory", "System.Threading", "System.Threading.Thread",
];

var (trimmedPath, framework, results) = (args[0], args[1], args[2]);
var trimmed = ModuleDefinition.ReadModule(trimmedPath, new ReaderParameters { ReadingMode = ReadingMode.Immediate });
var resolver = new DefaultAssemblyResolver();
resolver.AddSearchDirectory(framework);
var graft = new Graft(trimmed);

foreach (string path in args.Skip(3).Concat(beside.Select(name => Path.Combine(framework, name + ".dll"))))
{
    resolver.AddSearchDirectory(Path.GetDirectoryName(Path.GetFullPath(path)));
    var assembly = ModuleDefinition.ReadModule(path, new ReaderParameters { AssemblyResolver = resolver });
    foreach (var reference in assembly.GetMemberReferences().OfType<MethodReference>())
        if (reference.Resolve() is { } method && method.Module.Assembly.Name.Name == "System.Private.CoreLib")
            graft.Add(method);
}

trimmed.Write(Path.Combine(results, "System.Private.CoreLib.dll"));
Console.WriteLine(string.Join('\n', graft.Report));

foreach (string name in beside)
{
    var module = ModuleDefinition.ReadModule(Path.Combine(framework, name + ".dll"), new ReaderParameters { ReadingMode = ReadingMode.Immediate, AssemblyResolver = resolver });

    // Precompiled code of this machine's processor would be refused; without it the file is for any processor.
    module.Attributes = ModuleAttributes.ILOnly;
    module.Architecture = TargetArchitecture.I386;
    module.Write(Path.Combine(results, name + ".dll"));
}
