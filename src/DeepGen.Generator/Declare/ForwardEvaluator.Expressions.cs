using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DeepGen.Generator.Declare;

// Expressions: numbers are folded as C# would compute them, operators on tensors become steps.
internal sealed partial class ForwardEvaluator
{
    private Value Evaluate(IOperation operation)
    {
        Spend(operation);
        if (operation.ConstantValue is { HasValue: true, Value: { } constant })
        {
            return new ConstantValue(constant);
        }

        return operation switch
        {
            ILocalReferenceOperation local => Load(local.Local),
            IParameterReferenceOperation parameter => Load(parameter.Parameter),
            IConversionOperation conversion => Convert(conversion),
            IBinaryOperation binary => Binary(binary),
            IUnaryOperation unary => Unary(unary),
            IInvocationOperation invocation => Invoke(invocation),
            IConditionalOperation { WhenFalse: { } otherwise } choice => Truth(choice.Condition, "The condition of '?:'") switch
            {
                true => Evaluate(choice.WhenTrue),
                false => Evaluate(otherwise),
                null => Value.Unknown,
            },
            ITupleOperation tuple => new TupleValue(tuple.Elements.Select(Evaluate).ToImmutableArray()),
            ISimpleAssignmentOperation { IsRef: false } assignment => Assign(assignment.Target, assignment.Value),
            ICompoundAssignmentOperation compound => Compound(compound),
            IIncrementOrDecrementOperation step => Increment(step),
            IDeconstructionAssignmentOperation deconstruction => Assign(deconstruction.Target, deconstruction.Value),
            IFieldReferenceOperation { Instance: { Type.IsTupleType: true } tuple } field => TupleItem(field, tuple),
            IFieldReferenceOperation or IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation }
                when !KnownTypes.IsTensor(operation.Type) => NotConstant(operation, SyntaxWords.Of(operation.Syntax)),
            IPropertyReferenceOperation { Property.Name: "Length", Instance: { Type.TypeKind: TypeKind.Array } array } =>
                Evaluate(array) is ListValue list ? new ConstantValue(list.Items.Length) : Value.Unknown,
            IArrayCreationOperation { Initializer: { } list } => List(list.ElementValues),
            IArrayElementReferenceOperation element => Element(element),
            _ when IsCollection(operation) => List(operation.ChildOperations),
            _ => Unsupported(operation),
        };
    }

    /// <summary>By syntax, because the operation's own type is newer than the compiler this assembly is built against.</summary>
    private static bool IsCollection(IOperation operation) =>
        operation.Syntax is CollectionExpressionSyntax { Elements: var elements }
        && elements.All(e => e is ExpressionElementSyntax)
        && operation.ChildOperations.Count == elements.Count;

    private Value Load(ISymbol variable) => _frame.Locals.TryGetValue(variable, out Value value) ? value : Fail();

    private Value List(IEnumerable<IOperation> items) => new ListValue(items.Select(Evaluate).ToImmutableArray());

    private Value Convert(IConversionOperation conversion)
    {
        Value value = Evaluate(conversion.Operand);
        if (value is not ConstantValue constant)
        {
            return value;
        }

        if (conversion.OperatorMethod is null
            && conversion.Type is { } type
            && ConstantArithmetic.Convert(constant.Boxed, type.SpecialType) is { } converted)
        {
            return new ConstantValue(converted);
        }

        return Unsupported(conversion);
    }

    private Value Binary(IBinaryOperation binary)
    {
        if (KnownTypes.IsTensor(binary.OperatorMethod?.ContainingType))
        {
            return TensorBinary(
                binary.OperatorKind, Evaluate(binary.LeftOperand), Evaluate(binary.RightOperand),
                binary, binary.LeftOperand, binary.RightOperand);
        }

        Value left = Evaluate(binary.LeftOperand);
        if (left is ConstantValue { Boxed: bool known }
            && ((binary.OperatorKind == BinaryOperatorKind.ConditionalAnd && !known)
                || (binary.OperatorKind == BinaryOperatorKind.ConditionalOr && known)))
        {
            return left;
        }

        return Fold(binary.OperatorKind, left, Evaluate(binary.RightOperand), binary);
    }

    private Value Fold(BinaryOperatorKind kind, Value left, Value right, IOperation operation)
    {
        if (left is not ConstantValue { Boxed: var x } || right is not ConstantValue { Boxed: var y })
        {
            return left == Value.Unknown || right == Value.Unknown ? Value.Unknown : Unsupported(operation);
        }

        if (ConstantArithmetic.Binary(kind, x, y) is { } result)
        {
            return new ConstantValue(result);
        }

        bool divides = kind is BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder;
        return divides ? Unsupported(operation.Syntax, "a division by zero") : Unsupported(operation);
    }

    private Value Unary(IUnaryOperation unary)
    {
        Value operand = Evaluate(unary.Operand);
        switch (operand)
        {
            case TensorValue tensor when unary.OperatorKind == UnaryOperatorKind.Minus:
                return Step("Negate", unary, (tensor.Step, unary.Operand));
            case ConstantValue constant when ConstantArithmetic.Unary(unary.OperatorKind, constant.Boxed) is { } result:
                return new ConstantValue(result);
            default:
                return operand == Value.Unknown ? operand : Unsupported(unary);
        }
    }

    private Value TensorBinary(
        BinaryOperatorKind kind, Value left, Value right, IOperation operation, IOperation leftOperand, IOperation rightOperand)
    {
        string? name = kind switch
        {
            BinaryOperatorKind.Add => "Add",
            BinaryOperatorKind.Subtract => "Subtract",
            BinaryOperatorKind.Multiply => "Multiply",
            BinaryOperatorKind.Divide => "Divide",
            _ => null,
        };
        if (name is null)
        {
            return Unsupported(operation);
        }

        return Step(left, leftOperand) is { } x && Step(right, rightOperand) is { } y
            ? Step(name, operation, (x, leftOperand), (y, rightOperand))
            : Value.Unknown;
    }

    private TensorValue Step(string name, IOperation operation, params (int Step, IOperation Source)[] operands) => new(builder.Op(
        name,
        operands.Select(o => o.Step).ToImmutableArray(),
        Place.Of(operation.Syntax),
        operands.Select(o => Place.Of(o.Source.Syntax)).ToImmutableArray(),
        ImmutableArray<PlacedArgument>.Empty));

    /// <summary>The step that yields an operand; a number becomes a step of its own. Null after a finding.</summary>
    private int? Step(Value value, IOperation operation)
    {
        switch (value)
        {
            case TensorValue tensor:
                return tensor.Step;
            case ConstantValue constant when ConstantArithmetic.Convert(constant.Boxed, SpecialType.System_Single) is float number:
                return builder.Constant(number, Place.Of(operation.Syntax));
            default:
                if (value != Value.Unknown)
                {
                    Unsupported(operation);
                }

                return null;
        }
    }

    private Value TupleItem(IFieldReferenceOperation field, IOperation tuple)
    {
        string name = (field.Field.CorrespondingTupleField ?? field.Field).Name;
        return Evaluate(tuple) is TupleValue { Items: var items }
            && name.StartsWith("Item", StringComparison.Ordinal)
            && int.TryParse(name.Substring(4), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= 1
            && number <= items.Length
                ? items[number - 1]
                : Fail();
    }

    private Value Element(IArrayElementReferenceOperation element)
    {
        Value array = Evaluate(element.ArrayReference);
        if (array is not ListValue { Items: var items } || element.Indices.Length != 1)
        {
            return array == Value.Unknown ? array : Unsupported(element);
        }

        Value number = Evaluate(element.Indices[0]);
        if (number is not ConstantValue { Boxed: int index })
        {
            return number == Value.Unknown ? number : NotConstant(element.Indices[0], "The index");
        }

        return index >= 0 && index < items.Length ? items[index] : Unsupported(element.Syntax, $"index {index} of {items.Length} elements");
    }

    private Value NotConstant(IOperation operation, string what) => Report("DG0018", operation.Syntax, what);
}
