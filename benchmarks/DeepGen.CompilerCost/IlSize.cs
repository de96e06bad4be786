using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace DeepGen.CompilerCost;

/// <summary>Bytes of IL of all methods together, and of the largest one.</summary>
internal sealed record IlSize(int Total, int Largest)
{
    /// <summary>Compiles to a file and reads that.</summary>
    public static IlSize Of(Compilation compilation, string file)
    {
        var result = compilation.Emit(file);
        if (!result.Success)
            throw new InvalidOperationException(string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(10)));

        using var image = new PEReader(File.OpenRead(file));
        MetadataReader metadata = image.GetMetadataReader();
        var sum = new IlSize(0, 0);
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
                continue;
            int size = image.GetMethodBody(method.RelativeVirtualAddress).GetILReader().Length;
            sum = new IlSize(sum.Total + size, Math.Max(sum.Largest, size));
        }

        return sum;
    }
}
