namespace DeepGen;

/// <summary>
/// Makes the partial class a block: a part that networks and other blocks repeat (<see cref="StackAttribute{TBlock}"/>)
/// or use once (<see cref="UseAttribute{TBlock}"/>). Its input has the shape of whatever comes in where it is used.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute;

/// <summary>
/// Adds the input to the output: y = f(x) + x. The layers must therefore keep the shape. It is not a layer of its own and
/// takes no number in the parameters' names.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ResidualAttribute : Attribute;
