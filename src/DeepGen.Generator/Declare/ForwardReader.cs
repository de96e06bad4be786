using System.Collections.Immutable;
using DeepGen.Generator.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.Generator.Declare;

/// <summary>Level 2: a method <c>Forward</c> whose parameters are the inputs and whose result, a tensor or a tuple, the outputs.</summary>
internal static class ForwardReader
{
    public static ModuleSpec? Read(ModuleScope scope, ImmutableArray<IMethodSymbol> forwards)
    {
        IMethodSymbol forward = forwards[0].PartialImplementationPart ?? forwards[0];
        if (forward.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(scope.Walk.Cancellation) is not MethodDeclarationSyntax syntax)
        {
            scope.Walk.Fail();
            return null;
        }

        Place name = Place.Of(syntax.Identifier.GetLocation());
        if (WhatIsWrongWith(forwards, forward, syntax) is { Sentence: { } sentence, At: var at })
        {
            scope.Report("DG0017", at, sentence);
            return null;
        }

        if (forward.Parameters.IsEmpty)
        {
            scope.Report("DG0003", name, "Forward has no parameters");
            return null;
        }

        var builder = new ModuleBuilder(scope.TypeName, scope.Note);
        ImmutableArray<(IParameterSymbol, int)> inputs = Inputs(scope, builder, forward, name);
        Dictionary<ISymbol, LayerMethod> methods = LayerMethod.ReadAll(scope, builder);
        Value result = new ForwardEvaluator(scope, builder, methods, "Forward").Run(forward, inputs);
        ImmutableArray<OutputSpec> outputs = Outputs(forward, result);
        if (outputs.IsEmpty || scope.Walk.Failed)
        {
            scope.Walk.Fail();
            return null;
        }

        if (KnownTypes.Find(scope.Type, "ResidualAttribute") is not null)
        {
            if (inputs.Length != 1 || outputs.Length != 1)
            {
                scope.Report("DG0017", name, "[Residual] adds the input to the output, so Forward must have one of each");
                return null;
            }

            outputs = ImmutableArray.Create(outputs[0] with { Step = StackReader.Residual(scope, builder, outputs[0].Step, inputs[0].Item2) });
        }

        if (!builder.Computes)
        {
            scope.Report("DG0020", name, scope.Type.Name);
        }

        foreach (LayerMethod method in methods.Values.Where(m => !m.IsCalled))
        {
            scope.Report("DG0026", method.Place, method.Symbol.Name);
        }

        return builder.Build(Distinct(outputs, forward));
    }

    private static (string? Sentence, Place At) WhatIsWrongWith(
        ImmutableArray<IMethodSymbol> forwards, IMethodSymbol forward, MethodDeclarationSyntax syntax)
    {
        Place name = Place.Of(syntax.Identifier.GetLocation());
        if (forwards.Length > 1)
        {
            return ("there are several methods named Forward; a network has one", name);
        }

        if (forward.IsGenericMethod || forward.IsAsync || (syntax.Body is null && syntax.ExpressionBody is null))
        {
            return ("Forward must be an ordinary method with a body, neither generic nor async", name);
        }

        foreach (ParameterSyntax parameter in syntax.ParameterList.Parameters)
        {
            IParameterSymbol? symbol = forward.Parameters.FirstOrDefault(p => p.Name == parameter.Identifier.ValueText);
            if (symbol is null || !KnownTypes.IsTensor(symbol.Type) || symbol.RefKind != RefKind.None || symbol.IsParams)
            {
                return ($"the parameter '{parameter.Identifier.ValueText}' of Forward is not a plain Tensor", Place.Of(parameter));
            }
        }

        return KnownTypes.Tensors(forward.ReturnType) > 0 ? default : ("Forward must return a Tensor or a tuple of Tensors", Place.Of(syntax.ReturnType));
    }

    private static ImmutableArray<(IParameterSymbol, int)> Inputs(
        ModuleScope scope, ModuleBuilder builder, IMethodSymbol forward, Place forwardPlace)
    {
        var inputs = ImmutableArray.CreateBuilder<(IParameterSymbol, int)>();
        foreach (IParameterSymbol parameter in forward.Parameters)
        {
            var syntax = parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(scope.Walk.Cancellation) as ParameterSyntax;
            Place place = syntax is null ? forwardPlace : Place.Of(syntax.Identifier.GetLocation());
            AttributeData? attribute = KnownTypes.Find(parameter, "ShapeAttribute");
            PlacedAttribute? placed = attribute is null ? null : scope.Read(attribute);
            InputSpec input = ModuleReader.Open(parameter.Name);
            if (scope.IsNetwork)
            {
                if (placed is not null)
                {
                    input = ModuleReader.Input(scope, placed, parameter.Name) ?? input;
                }
                else if (attribute is null)
                {
                    scope.Report("DG0003", place, $"the parameter '{parameter.Name}' of Forward has no [Shape(...)]");
                }
            }
            else if (placed is not null)
            {
                scope.Report("DG0025", placed.Place, "Shape", "a block takes its input as it comes");
            }

            inputs.Add((parameter, builder.Input(input, placed, place)));
        }

        return inputs.ToImmutable();
    }

    private static ImmutableArray<OutputSpec> Outputs(IMethodSymbol forward, Value result)
    {
        switch (result)
        {
            case TensorValue single:
                return ImmutableArray.Create(new OutputSpec("output", single.Step));
            case TupleValue tuple when tuple.Items.All(i => i is TensorValue) && forward.ReturnType is INamedTypeSymbol { IsTupleType: true } type:
                return tuple.Items
                    .Zip(type.TupleElements, (item, element) => (Step: ((TensorValue)item).Step, Element: element))
                    .Select((o, i) => new OutputSpec(o.Element.IsExplicitlyNamedTupleElement ? Camel(o.Element.Name) : $"output{i}", o.Step))
                    .ToImmutableArray();
            default:
                return ImmutableArray<OutputSpec>.Empty;
        }
    }

    /// <summary>Inputs and outputs are parameters of one method, so an output named like another of them gets a suffix.</summary>
    private static IEnumerable<OutputSpec> Distinct(ImmutableArray<OutputSpec> outputs, IMethodSymbol forward)
    {
        var names = new HashSet<string>(forward.Parameters.Select(p => p.Name));
        foreach (OutputSpec output in outputs)
        {
            string name = output.Name;
            while (!names.Add(name))
            {
                name += "Output";
            }

            yield return output with { Name = name };
        }
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
