using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DeepGen.Generator.Declare;

/// <summary>A stretch of source, compared by value and free of syntax trees, so that it may be cached between compilations.</summary>
internal readonly record struct Place(string File, TextSpan Span, LinePositionSpan Lines)
{
    public static Place Of(Location location) => location.SourceTree is { } tree
        ? new Place(tree.FilePath, location.SourceSpan, tree.GetLineSpan(location.SourceSpan).Span)
        : default;

    public static Place Of(SyntaxNode node) => Of(node.GetLocation());

    /// <summary>From the start of one node to the end of another in the same file.</summary>
    public static Place Between(SyntaxNode first, SyntaxNode last) =>
        Of(Location.Create(first.SyntaxTree, TextSpan.FromBounds(first.SpanStart, Math.Max(first.Span.End, last.Span.End))));

    /// <summary>The location in the compilation, whose tree lets <c>#pragma</c> and editors see it.</summary>
    public Location In(Compilation compilation)
    {
        if (File is null)
        {
            return Location.None;
        }

        string file = File;
        int end = Span.End;
        SyntaxTree? tree = compilation.SyntaxTrees.FirstOrDefault(t => t.FilePath == file && t.Length >= end);
        return tree is null ? Location.Create(File, Span, Lines) : Location.Create(tree, Span);
    }
}
