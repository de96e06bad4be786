using DeepGen.Generator.Declare;

namespace DeepGen.Generator.Emit;

/// <summary>Bodies for the partial methods that declare layers: they are read by the compiler, not run.</summary>
internal static class LayerMethods
{
    public static void Write(CodeWriter code, IEnumerable<LayerMethodSpec> methods, string className)
    {
        foreach (LayerMethodSpec method in methods)
        {
            string sentence = $"{method.Name} is part of the declaration of {className} and is not run by itself: call Predict, or ask for [Trace] to look inside.";
            code.Line();
            code.Line($"{method.Signature} =>");
            code.Line($"    throw new InvalidOperationException({Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(sentence, quote: true)});");
        }
    }
}
