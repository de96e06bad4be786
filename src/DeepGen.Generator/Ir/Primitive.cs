using System.Collections.Immutable;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ir;

/// <summary>
/// One operation of the IR with its attributes; a record, so that equal operations on equal inputs are one node. Every
/// rule about an operation (its types, its meaning in double precision, its readings) lives in its own file in Ops/.
/// </summary>
internal abstract record Primitive
{
    /// <summary>The name as printed in the IR: lower case, "matmul".</summary>
    public abstract string Name { get; }

    /// <summary>
    /// The types of the results, one for all primitives but Repeat. Throws <see cref="IrException"/> if ill-typed. The
    /// inputs are all results of all operands: one an operand, except that Item is shown every result of its Repeat.
    /// </summary>
    public abstract ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs);

    /// <summary>What it means: the results in double precision. Sizes are concrete here.</summary>
    public abstract ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs);

    /// <summary>The same operation with symbolic sizes replaced by values: what <see cref="Evaluate"/> is called on.</summary>
    public virtual Primitive Bind(IReadOnlyDictionary<string, int> sizes) => this;

    /// <summary>The attributes as the printer shows them, "stride=2,2"; empty when there are none.</summary>
    public virtual string Attributes => "";
}

/// <summary>The IR was put together wrongly: a defect of the compiler, never of a user's declaration.</summary>
internal sealed class IrException(string message) : Exception(message);

/// <summary>A concrete tensor of the reference evaluator, row-major.</summary>
internal sealed class DenseTensor(ImmutableArray<int> shape, double[] values)
{
    public ImmutableArray<int> Shape { get; } = shape;

    public double[] Values { get; } = values;
}
