namespace DeepGen.Runtime;

/// <summary>Computes one sample of a small program with one input and one output.</summary>
/// <param name="weights">The first prepared weight.</param>
/// <param name="input">The first number of the input.</param>
/// <param name="output">The first number of the output.</param>
public delegate void SingleBody(ref float weights, ref float input, ref float output);
