using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DeepGen.Generator.Declare;

/// <summary>
/// Runs <c>Forward</c>, or a method that is a loss, while compiling: numbers are computed, tensors become steps. What it cannot
/// run is reported at that very syntax. This part executes statements; the others evaluate expressions and calls.
/// </summary>
internal sealed partial class ForwardEvaluator(
    ModuleScope scope, ModuleBuilder builder, Dictionary<ISymbol, LayerMethod> layerMethods, string methodName)
{
    // A loop of 10 000 turns fits many times over; one that never ends stops within a second.
    private const int MostOperations = 500_000;
    private const int MostSteps = 50_000;
    private const int DeepestCall = 64;

    private readonly Stack<Frame> _callers = [];
    private Frame _frame = new();
    private int _operations;

    private enum Flow
    {
        Next,
        Break,
        Continue,
        Return,
    }

    public Value Run(IMethodSymbol forward, ImmutableArray<(IParameterSymbol Parameter, int Step)> inputs)
    {
        foreach ((IParameterSymbol parameter, int step) in inputs)
        {
            _frame.Locals[parameter] = new TensorValue(step);
        }

        try
        {
            return Body(forward) is { } body ? RunBody(body) : Fail();
        }
        catch (EvaluationStopped)
        {
            return Value.Unknown;
        }
        catch (InsufficientExecutionStackException)
        {
            return Unsupported(forward.DeclaringSyntaxReferences[0].GetSyntax(), "an expression nested this deeply");
        }
    }

    private IBlockOperation? Body(IMethodSymbol method)
    {
        foreach (SyntaxReference reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(scope.Walk.Cancellation) is MethodDeclarationSyntax { } syntax
                && scope.Walk.Knows(syntax.SyntaxTree)
                && scope.Walk.Model(syntax.SyntaxTree).GetOperation(syntax, scope.Walk.Cancellation) is IMethodBodyOperation body)
            {
                return body.BlockBody ?? body.ExpressionBody;
            }
        }

        return null;
    }

    private Value RunBody(IBlockOperation body)
    {
        Execute(body);
        return _frame.Result ?? Fail();
    }

    private Flow Execute(IOperation statement)
    {
        Spend(statement);
        switch (statement)
        {
            case IBlockOperation block:
                return ExecuteAll(block.Operations);
            case IVariableDeclarationGroupOperation group:
                foreach (IVariableDeclarationOperation declaration in group.Declarations)
                {
                    foreach (IVariableDeclaratorOperation declarator in declaration.Declarators)
                    {
                        Declare(declarator, declarator.Initializer ?? declaration.Initializer);
                    }
                }

                return Flow.Next;
            case IExpressionStatementOperation expression:
                Evaluate(expression.Operation);
                return Flow.Next;
            case IReturnOperation { Kind: OperationKind.Return } result:
                _frame.Result = result.ReturnedValue is null ? Fail() : Evaluate(result.ReturnedValue);
                return Flow.Return;
            case IConditionalOperation branch:
                return Truth(branch.Condition, "The condition of 'if'") switch
                {
                    true => Execute(branch.WhenTrue),
                    false when branch.WhenFalse is not null => Execute(branch.WhenFalse),
                    _ => Flow.Next,
                };
            case IForLoopOperation loop:
                return ExecuteLoop(loop);
            case IBranchOperation { BranchKind: BranchKind.Break }:
                return Flow.Break;
            case IBranchOperation { BranchKind: BranchKind.Continue }:
                return Flow.Continue;
            case IEmptyOperation:
                return Flow.Next;
            default:
                Unsupported(statement);
                return Flow.Next;
        }
    }

    private Flow ExecuteAll(ImmutableArray<IOperation> statements)
    {
        foreach (IOperation statement in statements)
        {
            Flow flow = Execute(statement);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    private Flow ExecuteLoop(IForLoopOperation loop)
    {
        ExecuteAll(loop.Before);
        while (loop.Condition is null || Truth(loop.Condition, "The condition of 'for'") == true)
        {
            Spend(loop);
            Flow flow = Execute(loop.Body);
            if (flow is Flow.Break or Flow.Return)
            {
                return flow == Flow.Return ? flow : Flow.Next;
            }

            ExecuteAll(loop.AtLoopBottom);
        }

        return Flow.Next;
    }

    private void Declare(IVariableDeclaratorOperation declarator, IVariableInitializerOperation? initializer)
    {
        if (initializer is not null)
        {
            int mark = builder.StepCount;
            Set(declarator.Symbol, Evaluate(initializer.Value), mark);
        }
    }

    /// <summary>Stores a value; steps made since the mark, that is for this very value, are named after the variable.</summary>
    private void Set(ISymbol variable, Value value, int mark)
    {
        _frame.Locals[variable] = value;
        if (value is TensorValue tensor && tensor.Step >= mark)
        {
            builder.Label(tensor.Step, variable.Name);
        }
    }

    /// <summary>The value of a condition; null after a finding.</summary>
    private bool? Truth(IOperation condition, string what)
    {
        switch (Evaluate(condition))
        {
            case ConstantValue { Boxed: bool truth }:
                return truth;
            case ConstantValue or TensorValue or TupleValue or ListValue:
                Report("DG0018", condition.Syntax, what);
                return null;
            default:
                return null;
        }
    }

    private void Spend(IOperation operation)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if ((++_operations & 0xFF) == 0)
        {
            scope.Walk.Cancellation.ThrowIfCancellationRequested();
        }

        if (_operations > MostOperations || builder.StepCount > MostSteps)
        {
            Unsupported(operation.Syntax, "a computation this long");
            throw new EvaluationStopped();
        }
    }

    private Value Unsupported(IOperation operation)
    {
        // The C# compiler reports what does not compile.
        if (operation.Kind == OperationKind.Invalid || operation.Type?.TypeKind == TypeKind.Error)
        {
            return Fail();
        }

        return Unsupported(operation.Syntax, SyntaxWords.Of(operation.Syntax));
    }

    private Value Unsupported(SyntaxNode syntax, string what) => Report("DG0012", syntax, methodName, what);

    private Value Report(string id, SyntaxNode syntax, params string[] arguments)
    {
        scope.Report(id, Place.Of(syntax), arguments);
        return Fail();
    }

    private Value Fail()
    {
        scope.Walk.Fail();
        return Value.Unknown;
    }

    private sealed class Frame
    {
        public Dictionary<ISymbol, Value> Locals { get; } = new(SymbolEqualityComparer.Default);

        public Value? Result { get; set; }
    }

    private sealed class EvaluationStopped : Exception;
}
