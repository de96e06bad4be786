using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.Generator.Declare;

/// <summary>
/// A loss that the class defines: a method that returns a tensor, whose parameters are outputs of the network and then
/// targets, told apart by their [Shape]. It is evaluated as Forward is, but owns no layers.
/// </summary>
internal static class LossReader
{
    /// <summary>Null for a loss that is one of those known, and after a finding.</summary>
    public static ModuleSpec? Read(ModuleScope scope, PlacedAttribute attribute)
    {
        if (attribute.Arguments.FirstOrDefault(a => a.Spec.Name == "Method") is not { Spec: var argument, Place: var place })
        {
            return null;
        }

        string name = argument.Text ?? "null";
        ImmutableArray<IMethodSymbol> methods = scope.Type.GetMembers(name).OfType<IMethodSymbol>().ToImmutableArray();
        if (methods.Length != 1 || name == "Forward")
        {
            Reject(place, name == "Forward" ? "it is the network itself"
                : methods.IsEmpty ? $"'{scope.Type.Name}' has no method of that name"
                : $"'{scope.Type.Name}' has several methods of that name");
            return null;
        }

        IMethodSymbol method = methods[0].PartialImplementationPart ?? methods[0];
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(scope.Walk.Cancellation) is not MethodDeclarationSyntax syntax)
        {
            scope.Walk.Fail();
            return null;
        }

        Place at = Place.Of(syntax.Identifier.GetLocation());
        if (WhatIsWrongWith(method, syntax) is { } reason)
        {
            Reject(at, reason);
            return null;
        }

        var builder = new ModuleBuilder($"{scope.TypeName}/loss:{name}", scope.Note);
        scope.Note($"{scope.TypeName}/loss:{name}", at);
        return Inputs(scope, builder, method, Reject) is { } inputs
            && new ForwardEvaluator(scope, builder, [], name).Run(method, inputs) is TensorValue result
                ? builder.Build([new OutputSpec(name, result.Step)])
                : null;

        void Reject(Place where, string sentence) => scope.Report("DG0029", where, name, sentence);
    }

    private static string? WhatIsWrongWith(IMethodSymbol method, MethodDeclarationSyntax syntax) => method switch
    {
        { IsGenericMethod: true } or { IsAsync: true } => "it must be an ordinary method, neither generic nor async",
        _ when syntax.Body is null && syntax.ExpressionBody is null => "it has no body",
        _ when !KnownTypes.IsTensor(method.ReturnType) => "it must return a Tensor",
        _ when !method.Parameters.All(p => KnownTypes.IsTensor(p.Type) && p.RefKind == RefKind.None && !p.IsParams) => "its parameters must be plain Tensors",
        { Parameters.IsEmpty: true } => "it looks at no output; its first parameter, without [Shape], should be one",
        _ => null,
    };

    private static ImmutableArray<(IParameterSymbol, int)>? Inputs(ModuleScope scope, ModuleBuilder builder, IMethodSymbol method, Action<Place, string> reject)
    {
        var inputs = ImmutableArray.CreateBuilder<(IParameterSymbol, int)>();
        bool isTarget = false;
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            Place place = parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(scope.Walk.Cancellation) is ParameterSyntax syntax
                ? Place.Of(syntax.Identifier.GetLocation())
                : scope.TypePlace;
            AttributeData? attribute = KnownTypes.Find(parameter, "ShapeAttribute");
            if ((attribute is null && isTarget) || (attribute is not null && inputs.Count == 0))
            {
                reject(place, attribute is null
                    ? $"outputs, without [Shape], come before targets, but '{parameter.Name}' does not"
                    : "it looks at no output; its first parameter, without [Shape], should be one");
                return null;
            }

            isTarget = attribute is not null;
            PlacedAttribute? placed = attribute is null ? null : scope.Read(attribute);
            InputSpec? input = placed is null ? ModuleReader.Open(parameter.Name) : ModuleReader.Input(scope, placed, parameter.Name);
            if (input is null)
            {
                return null;
            }

            inputs.Add((parameter, builder.Input(input, placed, place)));
        }

        return inputs.ToImmutable();
    }
}
