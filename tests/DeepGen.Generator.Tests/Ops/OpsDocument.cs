using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;
using DeepGen.Tests;

namespace DeepGen.Generator.Tests.Ops;

/// <summary>
/// docs/ops.md: primitives × rules. Which primitives there are and what rules they have is asked of the assembly, what they
/// mean is the first comment of their files.
/// </summary>
internal static partial class OpsDocument
{
    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "docs", "ops.md");

    public static string Write()
    {
        var text = new StringBuilder(
            """
            # Primitives

            Everything a network computes is made of these; layers expand into them, and readings are rules of theirs. Each is one
            file in [src/DeepGen.Generator/Ops](../src/DeepGen.Generator/Ops), which holds its types, its meaning in double precision
            and its rules. *Interval* says whether it has a rule for sound bounds, *gradient* whether derivatives go through it in both
            directions; leaves need none, as their values are given.

            This page is written by a test: `DEEPGEN_UPDATE_DOCS=1 dotnet test tests/DeepGen.Generator.Tests --filter OpsDocument`.


            """.ReplaceLineEndings("\n"));
        Section(text, "Leaves", IsLeaf);
        Section(text, "Elementwise", t => t.IsSubclassOf(typeof(Elementwise)));
        Section(text, "Moves, sums and loops", t => !IsLeaf(t) && !t.IsSubclassOf(typeof(Elementwise)));
        text.Append("## Bodies of the elementwise primitives\n\n");
        text.Append("What emitted code does to a lane; each operation is one vector operation or one function of the runtime.\n\n");
        text.Append("| primitive | attributes | body |\n|---|---|---|\n");
        foreach (Elementwise op in OpSamples.All.Select(s => s.Op).OfType<Elementwise>().Distinct().OrderBy(o => o.Name, StringComparer.Ordinal))
        {
            text.Append($"| `{op.Name}` | {op.Attributes} | `{Body(op.Body(Scalar.Arguments(op.Arity)))}` |\n");
        }

        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, Func<Type, bool> belongs)
    {
        text.Append($"## {title}\n\n| primitive | meaning | interval | gradient |\n|---|---|---|---|\n");
        foreach (Type type in Primitives.All.Where(belongs))
        {
            string interval = IsLeaf(type) ? "given" : typeof(IIntervalRule).IsAssignableFrom(type) ? "yes" : "no";
            text.Append($"| [{type.Name}](../src/DeepGen.Generator/Ops/{type.Name}.cs) | {Meaning(type)} | {interval} | {Gradient(type)} |\n");
        }

        text.Append('\n');
    }

    private static bool IsLeaf(Type type) => type == typeof(Input) || type == typeof(Parameter) || type == typeof(Constant) || type == typeof(Adjacency);

    private static string Gradient(Type type)
    {
        // The two that go together are taken apart by the readings themselves.
        if (IsLeaf(type) || type == typeof(Repeat) || type == typeof(Item))
        {
            return IsLeaf(type) ? "given" : "yes";
        }

        var samples = OpSamples.All.Where(s => s.Op.GetType() == type);
        if (!samples.Any(ConformanceTests.HasGradient))
        {
            return "none";
        }

        return samples.All(s => s.Op is IGradientRule rule && !Enumerable.Range(0, s.Operands.Length).Any(rule.Carries)) ? "zero" : "yes";
    }

    private static string Meaning(Type type)
    {
        string source = File.ReadAllText(System.IO.Path.Combine(Repository.Root, "src", "DeepGen.Generator", "Ops", type.Name + ".cs"));
        string before = source[..source.IndexOf($"record {type.Name}", StringComparison.Ordinal)];
        string comment = before[before.LastIndexOf("<summary>", StringComparison.Ordinal)..before.LastIndexOf("</summary>", StringComparison.Ordinal)];
        string plain = Lines().Replace(comment["<summary>".Length..], " ").Trim();
        return WebUtility.HtmlDecode(Tags().Replace(plain, "$1")).Replace("|", "\\|");
    }

    private static string Body(Scalar s) => s.Op switch
    {
        ScalarOp.Constant => FloatText.Of(s.Value),
        ScalarOp.Argument => ((char)('a' + s.Index)).ToString(),
        ScalarOp.Add => Infix(s, "+"),
        ScalarOp.Subtract => Infix(s, "-"),
        ScalarOp.Multiply => Infix(s, "*"),
        ScalarOp.Divide => Infix(s, "/"),
        ScalarOp.LessThan => Infix(s, "<"),
        ScalarOp.LessOrEqual => Infix(s, "<="),
        ScalarOp.Equal => Infix(s, "=="),
        ScalarOp.Negate => "-" + Body(s.Operands[0]),
        _ => $"{s.Op.ToString().ToLowerInvariant()}({string.Join(", ", s.Operands.Select(Body))})",
    };

    private static string Infix(Scalar s, string sign) => $"({Body(s.Operands[0])} {sign} {Body(s.Operands[1])})";

    [GeneratedRegex(@"\s*\n\s*///\s*")]
    private static partial Regex Lines();

    [GeneratedRegex("""<see cref="(?:\w+\.)*(\w+)"/>""")]
    private static partial Regex Tags();
}
