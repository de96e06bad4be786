namespace DeepGen.Runtime;

/// <summary>
/// What an optimiser does with each number by itself: w, and what is remembered of it in up to three buffers, become new ones by the
/// gradient g. The structure holds the constants of one step and group.
/// </summary>
internal interface IUpdateRule
{
    /// <summary>How many of the three buffers there are; the others are neither read nor written.</summary>
    int Buffers { get; }

    /// <summary>Sixteen numbers at once.</summary>
    void Update<T>(T g, ref T w, ref T a, ref T b, ref T c)
        where T : struct, ILanes<T>;
}

/// <summary>What is the same for all numbers of a step.</summary>
/// <param name="Weights">What changes.</param>
/// <param name="Gradients">By what.</param>
/// <param name="Scale">What gradients are multiplied with first.</param>
/// <param name="Limit">The greatest absolute value they may have then.</param>
internal readonly record struct UpdateStep(AlignedBuffer Weights, AlignedBuffer Gradients, float Scale, float Limit);
