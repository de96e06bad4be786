using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.Generator.Declare;

/// <summary>What a piece of C# is called in a sentence, with its article.</summary>
internal static class SyntaxWords
{
    public static string Of(SyntaxNode syntax) => syntax switch
    {
        WhileStatementSyntax => "a while loop",
        DoStatementSyntax => "a do loop",
        CommonForEachStatementSyntax => "a foreach loop",
        SwitchStatementSyntax or SwitchExpressionSyntax => "a switch",
        TryStatementSyntax => "a try statement",
        ThrowStatementSyntax or ThrowExpressionSyntax => "a throw",
        LockStatementSyntax => "a lock",
        UsingStatementSyntax or LocalDeclarationStatementSyntax => "a using declaration",
        GotoStatementSyntax or LabeledStatementSyntax => "a goto or its label",
        YieldStatementSyntax => "a yield",
        LocalFunctionStatementSyntax => "a local function",
        FixedStatementSyntax or UnsafeStatementSyntax => "unsafe code",
        AnonymousFunctionExpressionSyntax => "a lambda",
        AwaitExpressionSyntax => "an await",
        BaseObjectCreationExpressionSyntax => "the creation of an object",
        ArrayCreationExpressionSyntax => "an array without elements",
        CollectionExpressionSyntax => "this collection expression",
        QueryExpressionSyntax => "a query",
        IsPatternExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.IsExpression } => "a test of a type or pattern",
        InterpolatedStringExpressionSyntax => "text",
        ThisExpressionSyntax or BaseExpressionSyntax => "the network itself as a value",
        ElementAccessExpressionSyntax => "an index into this",
        InvocationExpressionSyntax call => $"a call of '{Name(call.Expression)}'",
        IdentifierNameSyntax or MemberAccessExpressionSyntax => $"'{Name((ExpressionSyntax)syntax)}'",
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } => "null",
        LiteralExpressionSyntax or DefaultExpressionSyntax => "a default value",
        BinaryExpressionSyntax binary => $"this use of '{binary.OperatorToken.ValueText}'",
        PrefixUnaryExpressionSyntax unary => $"this use of '{unary.OperatorToken.ValueText}'",
        AssignmentExpressionSyntax => "this assignment",
        CastExpressionSyntax => "this conversion",
        StatementSyntax => "this statement",
        _ => "this expression",
    };

    public static string Name(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => "this",
    };
}
