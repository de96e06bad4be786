using DeepGen.Generator.Declare;

namespace DeepGen.Generator.Check;

/// <summary>Names of modules as people say them.</summary>
internal static class ModuleNames
{
    /// <summary>"BasicBlock" of "global::My.Nets.BasicBlock".</summary>
    public static string ShortName(this ModuleSpec module) =>
        module.TypeName.Substring(module.TypeName.LastIndexOfAny(['.', ':', '+']) + 1);
}
