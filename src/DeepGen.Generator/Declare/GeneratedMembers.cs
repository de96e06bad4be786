using Microsoft.CodeAnalysis;

namespace DeepGen.Generator.Declare;

/// <summary>The members that are written into a network, so that one of the user's own that would meet them is told so.</summary>
internal static class GeneratedMembers
{
    private const string Input = "System.ReadOnlySpan<float>";
    private const string Output = "System.Span<float>";

    /// <summary>A member by its name; of a method, the types of its parameters too.</summary>
    private sealed record Member(string Name, string? Parameters = null);

    private static readonly Member[] s_always =
    [
        new("Parameters"), new("ParameterCount"), new("Signature"), new("Summary"), new("Threads"),
        new("WeightsLength"), new("PrepareSteps"), new("_threads"), new("_weights"),
        new(".ctor", "ulong"), new("Create", "ulong"), new("Load", "string"), new("Save", "string"), new("Prepare", "ref float, ref float"),
    ];

    /// <summary>Whether a network of this name could not have one of these members.</summary>
    public static bool Contains(string name, IEnumerable<ReadingSpec> readings) => Of(readings, 0, 0).Any(m => m.Name == name);

    public static void Report(INamedTypeSymbol type, ModuleSpec module, IEnumerable<ReadingSpec> readings, DeclarationWalk walk)
    {
        ILookup<string, Member> written = Of(readings, module.Inputs.Count, module.Outputs.Count).ToLookup(m => m.Name);
        foreach (ISymbol member in type.GetMembers().Where(IsOfTheUser))
        {
            string? parameters = member is IMethodSymbol { IsGenericMethod: false } method ? string.Join(", ", method.Parameters.Select(Text)) : null;
            if (written[member.Name].Any(m => member is not IMethodSymbol || m.Parameters is null || m.Parameters == parameters))
            {
                walk.Report(type, "DG0027", Place.Of(member.Locations[0]), member.Name == ".ctor" ? type.Name : member.Name, type.Name);
            }
        }
    }

    private static IEnumerable<Member> Of(IEnumerable<ReadingSpec> readings, int inputs, int outputs)
    {
        foreach (string reading in readings.Select(r => r.Name).Distinct().Prepend("Predict"))
        {
            yield return new("s_" + reading.ToLowerInvariant());
            yield return new(reading + "Program", "");
            yield return new(reading + "Steps");
            switch (reading)
            {
                case "Predict":
                    yield return new(reading, List((Input, inputs), (Output, outputs)));
                    yield return new(reading, "System.ReadOnlySpan<System.ReadOnlyMemory<float>>, System.ReadOnlySpan<System.Memory<float>>");
                    break;
                case "Certify":
                    yield return new(reading, List((Input, 2 * inputs), (Output, 2 * outputs)));
                    yield return new(reading, List((Input, inputs), ("float", 1), (Output, 2 * outputs)));
                    break;
                case "Stream":
                    yield return new("Step", List((Input, inputs), (Output, outputs)) + ", DeepGen.StreamState");
                    yield return new("NewState");
                    yield return new("StreamKept");
                    yield return new("s_streamLayout");
                    yield return new("Prefill");
                    yield return new("PrefillProgram", "");
                    yield return new("PrefillSteps");
                    yield return new("s_prefill");
                    break;
                case "Train":
                    yield return new("Training");
                    yield return new("Targets");
                    yield return new("_training");
                    yield return new("Gradients");
                    yield return new("Learn");
                    yield return new("Step", "DeepGen.Optimizer");
                    break;
                default:
                    yield return new(reading, List((Input, inputs)));
                    yield return new(reading, "System.ReadOnlySpan<System.ReadOnlyMemory<float>>");
                    yield return new("s_traced");
                    break;
            }
        }

        foreach (Member member in s_always)
        {
            yield return member;
        }
    }

    private static string List(params (string Type, int Count)[] parameters) =>
        string.Join(", ", parameters.SelectMany(p => Enumerable.Repeat(p.Type, p.Count)));

    private static string Text(IParameterSymbol parameter) => (parameter.RefKind == RefKind.None ? "" : "ref ") + parameter.Type.ToDisplayString();

    /// <summary>An analyzer sees the generated members too.</summary>
    private static bool IsOfTheUser(ISymbol member) => !member.IsImplicitlyDeclared
        && member.DeclaringSyntaxReferences.Any(r => !r.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal));
}
