using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DeepGen.Generator.Declare;

// Assignments, to locals and parameters only: anything else would outlive the evaluation.
internal sealed partial class ForwardEvaluator
{
    private Value Assign(IOperation target, IOperation source)
    {
        int mark = builder.StepCount;
        Value value = Evaluate(source);
        Store(target, value, mark);
        return value;
    }

    private void Store(IOperation target, Value value, int mark)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                Set(local.Local, value, mark);
                break;
            case IParameterReferenceOperation parameter:
                Set(parameter.Parameter, value, mark);
                break;
            case IDeclarationExpressionOperation declaration:
                Store(declaration.Expression, value, mark);
                break;
            case IConversionOperation conversion:
                Store(conversion.Operand, value, mark);
                break;
            case IDiscardOperation:
                break;
            case ITupleOperation tuple when value is TupleValue { Items: var items } && items.Length == tuple.Elements.Length:
                for (int i = 0; i < items.Length; i++)
                {
                    Store(tuple.Elements[i], items[i], mark);
                }

                break;
            default:
                if (value != Value.Unknown)
                {
                    bool declares = target is ITupleOperation;
                    Unsupported(target.Syntax, declares ? "the deconstruction of this" : "an assignment to anything but a local");
                }

                break;
        }
    }

    private Value Compound(ICompoundAssignmentOperation compound)
    {
        int mark = builder.StepCount;
        Value left = Evaluate(compound.Target);
        Value right = Evaluate(compound.Value);
        Value value = KnownTypes.IsTensor(compound.OperatorMethod?.ContainingType)
            ? TensorBinary(compound.OperatorKind, left, right, compound, compound.Target, compound.Value)
            : Narrow(Fold(compound.OperatorKind, left, right, compound), compound);
        Store(compound.Target, value, mark);
        return value;
    }

    private Value Increment(IIncrementOrDecrementOperation step)
    {
        Value before = Evaluate(step.Target);
        BinaryOperatorKind kind = step.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
        Value after = Narrow(Fold(kind, before, new ConstantValue(1), step), step);
        Store(step.Target, after, builder.StepCount);
        return step.IsPostfix ? before : after;
    }

    /// <summary>Back to the type of the assigned variable, as C# does after the operation.</summary>
    private Value Narrow(Value value, IOperation assignment)
    {
        if (value is not ConstantValue constant)
        {
            return value;
        }

        return assignment.Type is { } type && ConstantArithmetic.Convert(constant.Boxed, type.SpecialType) is { } narrowed
            ? new ConstantValue(narrowed)
            : Unsupported(assignment);
    }
}
