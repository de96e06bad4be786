using System.Collections.Immutable;
using DeepGen.Generator.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DeepGen.Generator.Declare;

// Calls: layer methods, Ops, a little of Math, and methods whose source is at hand, which are evaluated in their turn.
internal sealed partial class ForwardEvaluator
{
    private Value Invoke(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod.PartialDefinitionPart ?? call.TargetMethod;
        if (KnownTypes.IsOps(method.ContainingType))
        {
            return InvokeOp(call, method);
        }

        if (call.Instance is not (null or IInstanceReferenceOperation))
        {
            return Unsupported(call);
        }

        if (layerMethods.TryGetValue(method, out LayerMethod layer))
        {
            return InvokeLayers(call, layer);
        }

        return IsMath(method) ? InvokeMath(call, method) : InvokeSource(call, method);
    }

    private Value InvokeLayers(IInvocationOperation call, LayerMethod layer)
    {
        layer.IsCalled = true;
        if (layer.Members.IsEmpty || call.Arguments.Length != layer.Symbol.Parameters.Length || call.Arguments.Any(a => a.Parameter is null))
        {
            return Fail();
        }

        var steps = ImmutableArray.CreateBuilder<int>();
        IOperation[] arguments = call.Arguments.OrderBy(a => a.Parameter!.Ordinal).Select(a => a.Value).ToArray();
        foreach (IOperation argument in arguments)
        {
            Value value = Evaluate(argument);
            if (value is not TensorValue { Step: var operand })
            {
                return value == Value.Unknown ? value : Unsupported(argument);
            }

            steps.Add(operand);
        }

        // What the first layer is given is the call's affair; what a later one is given is that of the layers before it.
        int step = builder.Call(layer.Members[0], steps.ToImmutable(), null, Place.Of(call.Syntax), arguments.Select(a => Place.Of(a.Syntax)).ToArray());
        foreach (int member in layer.Members.Skip(1))
        {
            Place place = builder.MemberPlace(member);
            step = builder.Call(member, ImmutableArray.Create(step), null, place, place);
        }

        if (layer.Results == 1)
        {
            return new TensorValue(step);
        }

        // All but the first are what the last layer gives beside its own.
        return new TupleValue(builder.Results(step, layer.Results, Place.Of(call.Syntax)).Select(r => (Value)new TensorValue(r)).ToImmutableArray());
    }

    private Value InvokeOp(IInvocationOperation call, IMethodSymbol method)
    {
        var operands = ImmutableArray.CreateBuilder<int>();
        var places = ImmutableArray.CreateBuilder<Place>();
        var arguments = ImmutableArray.CreateBuilder<PlacedArgument>();
        bool known = true;
        foreach (IArgumentOperation argument in call.Arguments.Where(a => a.Parameter is not null).OrderBy(a => a.Parameter!.Ordinal))
        {
            // The number in Max(x, 0) is an operand; the axis in Sum(x, 0) is an argument.
            ITypeSymbol type = argument.Parameter!.Type;
            ITypeSymbol element = type is IArrayTypeSymbol array ? array.ElementType : type;
            bool isOperand = KnownTypes.IsTensor(element) || (method.Name is "Max" or "Min");
            if (argument.ArgumentKind == ArgumentKind.DefaultValue)
            {
                continue;
            }

            if (!isOperand)
            {
                known &= Argument(argument, arguments);
                continue;
            }

            foreach ((Value value, IOperation source) in Operands(argument))
            {
                if (Step(value, source) is { } step)
                {
                    operands.Add(step);
                    places.Add(Place.Of(source.Syntax));
                }
                else
                {
                    known = false;
                }
            }
        }

        if (known && operands.Count == 0)
        {
            return Unsupported(call.Syntax, $"a {method.Name} of no tensors");
        }

        string name = method.Name switch
        {
            "Max" => "Maximum",
            "Min" => "Minimum",
            _ => method.Name,
        };
        return known
            ? new TensorValue(builder.Op(name, operands.ToImmutable(), Place.Of(call.Syntax), places.ToImmutable(), arguments.ToImmutable()))
            : Value.Unknown;
    }

    /// <summary>The tensors of an argument: one, or those of an array, each at its own place where it has one.</summary>
    private IEnumerable<(Value Value, IOperation Source)> Operands(IArgumentOperation argument)
    {
        IOperation source = argument.Value;
        while (source is IConversionOperation conversion)
        {
            source = conversion.Operand;
        }

        if (source is IArrayCreationOperation { Initializer: { } list })
        {
            return list.ElementValues.Select(e => (Evaluate(e), e)).ToList();
        }

        return Evaluate(argument.Value) switch
        {
            ListValue { Items: var items } => items.Select(i => (i, source)),
            var single => new List<(Value, IOperation)> { (single, source) },
        };
    }

    private bool Argument(IArgumentOperation argument, ImmutableArray<PlacedArgument>.Builder arguments)
    {
        string name = argument.Parameter!.Name;
        Value value = Evaluate(argument.Value);
        ImmutableArray<Value> items = value is ListValue list ? list.Items : ImmutableArray.Create(value);
        if (items.Any(i => i is not ConstantValue))
        {
            if (items.All(i => i != Value.Unknown))
            {
                NotConstant(argument.Value, $"The argument '{name}'");
            }

            return false;
        }

        var numbers = items.Select(i => LayerAttributeReader.Number(((ConstantValue)i).Boxed)).ToEquatable();
        arguments.Add(new PlacedArgument(new ArgumentSpec(LayerAttributeReader.Pascal(name), numbers, null), PlaceOf(argument)));
        return true;
    }

    /// <summary>The argument; of a list written out in the call, all its elements.</summary>
    private static Place PlaceOf(IArgumentOperation argument) =>
        argument is { ArgumentKind: ArgumentKind.ParamArray, Value: IArrayCreationOperation { Initializer.ElementValues: { Length: > 0 } values } }
            ? Place.Between(values[0].Syntax, values[values.Length - 1].Syntax)
            : Place.Of(argument.Syntax);

    private static bool IsMath(IMethodSymbol method) =>
        method is { ContainingType: { Name: "Math" or "MathF", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } }
        && method.Name is "Sqrt" or "Abs" or "Min" or "Max";

    /// <summary>Those whose results are exact, and so the same on every machine that compiles.</summary>
    private Value InvokeMath(IInvocationOperation call, IMethodSymbol method)
    {
        var values = call.Arguments.Where(a => a.Parameter is not null).OrderBy(a => a.Parameter!.Ordinal).Select(a => Evaluate(a.Value)).ToList();
        if (values.Any(v => v == Value.Unknown))
        {
            return Value.Unknown;
        }

        double[] x = values.Select(v => v is ConstantValue c ? LayerAttributeReader.Number(c.Boxed) : double.NaN).ToArray();
        double result = (method.Name, x.Length) switch
        {
            ("Sqrt", 1) => Math.Sqrt(x[0]),
            ("Abs", 1) => Math.Abs(x[0]),
            ("Min", 2) => Math.Min(x[0], x[1]),
            ("Max", 2) => Math.Max(x[0], x[1]),
            _ => double.NaN,
        };
        return ConstantArithmetic.Convert(result, method.ReturnType.SpecialType) is { } boxed ? new ConstantValue(boxed) : Unsupported(call);
    }

    private Value InvokeSource(IInvocationOperation call, IMethodSymbol method)
    {
        bool ordinary = method is { MethodKind: MethodKind.Ordinary, IsGenericMethod: false, IsAsync: false }
            && method.Parameters.All(p => p.RefKind == RefKind.None)
            && (method.IsStatic || SymbolEqualityComparer.Default.Equals(method.ContainingType, scope.Type));
        if (!ordinary || Body(method) is not { } body)
        {
            return Unsupported(call);
        }

        if (_callers.Count >= DeepestCall)
        {
            return Unsupported(call.Syntax, $"a recursion of '{method.Name}' this deep");
        }

        var frame = new Frame();
        IMethodSymbol implementation = method.PartialImplementationPart ?? method;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter)
            {
                frame.Locals[implementation.Parameters[parameter.Ordinal]] = Evaluate(argument.Value);
            }
        }

        _callers.Push(_frame);
        _frame = frame;
        Value result = RunBody(body);
        _frame = _callers.Pop();
        return result;
    }
}
