using System.Collections.Immutable;

namespace DeepGen.Generator.Declare;

/// <summary>What an expression of Forward stands for while it is evaluated.</summary>
internal abstract record Value
{
    /// <summary>Already reported: nothing further is said about what depends on it.</summary>
    public static Value Unknown { get; } = new UnknownValue();

    private sealed record UnknownValue : Value;
}

/// <summary>A tensor: the result of a step.</summary>
internal sealed record TensorValue(int Step) : Value;

/// <summary>A number, truth value or text known now, boxed as the type C# gives it.</summary>
internal sealed record ConstantValue(object Boxed) : Value;

internal sealed record TupleValue(ImmutableArray<Value> Items) : Value;

/// <summary>An array, which is only ever read.</summary>
internal sealed record ListValue(ImmutableArray<Value> Items) : Value;
