namespace DeepGen.Runtime;

/// <summary>A small program with one input and one output, for one sample: implemented by generated code.</summary>
public interface ISingleSample
{
    /// <summary>Computes the sample.</summary>
    /// <param name="workspace">Scratch memory at a multiple of 64 bytes, filled with whatever lay there.</param>
    /// <param name="weights">The first prepared weight.</param>
    /// <param name="input">The first number of the input.</param>
    /// <param name="output">The first number of the output.</param>
    static abstract void Single(ref float workspace, ref float weights, ref float input, ref float output);
}
