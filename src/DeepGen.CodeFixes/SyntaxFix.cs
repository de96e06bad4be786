using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DeepGen.CodeFixes;

/// <summary>A fix that rewrites the syntax of one document; a subclass says what becomes of the squiggled node.</summary>
internal abstract class SyntaxFix(string id) : CodeFixProvider
{
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(id);

    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (Rewrite(root, node, model) is { Title: var title, Root: var changed } && changed is not null)
            {
                Document document = context.Document.WithSyntaxRoot(changed);
                context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(document), equivalenceKey: title), diagnostic);
            }
        }
    }

    /// <summary>The document's new root, or a null root if there is nothing to offer here.</summary>
    protected abstract (string Title, SyntaxNode? Root) Rewrite(SyntaxNode root, SyntaxNode node, SemanticModel model);
}
