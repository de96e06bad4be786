namespace DeepGen;

/// <summary>
/// Makes the partial class a network: the compiler writes its parameters and <c>Predict</c> as static code.
/// </summary>
/// <remarks>
/// The layers are either attributes of the class, applied from first to last, or attributed partial methods that a method
/// <c>Forward</c> puts together:
/// <code>
/// [Network, Input(784)]
/// [Dense(128), Relu, Dense(10)]
/// public sealed partial class Digits;
///
/// [Network]
/// public sealed partial class Siamese
/// {
///     [Dense(64)] private partial Tensor Encode(Tensor x);
///
///     private Tensor Forward([Shape(100)] Tensor left, [Shape(100)] Tensor right) =&gt; Encode(left) - Encode(right);
/// }
/// </code>
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute : Attribute;
