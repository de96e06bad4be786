using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Interpret.Streams;

/// <summary>A node whose value at one moment cannot be computed from what came before it.</summary>
internal sealed class NoStreamException(Node node) : Exception
{
    public Node Node { get; } = node;
}

/// <summary>What a stream keeps from one step to the next.</summary>
/// <param name="Before">The input of the step graph that holds it, samples somewhere among its axes.</param>
/// <param name="After">Its new value; null for what is written where it lies.</param>
/// <param name="Initial">The number it is at the beginning, everywhere.</param>
/// <param name="Source">Of what is remembered, the node of the network: its number, after those of the loops around it.</param>
internal sealed record StreamState(Node Before, Node? After, float Initial, string Source);

/// <summary>Where the inputs of a graph under way come from: those of the network, or of the body of a loop.</summary>
internal interface IStreamScope
{
    /// <summary>The form of an input, or null if it has none.</summary>
    Node? Input(Node input, string roles);

    /// <summary>Whether an input is one thing at every moment, or depends on the moment alone.</summary>
    bool IsTimeless(Node input);

    /// <summary>What an input holds where the second of two times comes after the first; see <see cref="Causality"/>.</summary>
    float? Later(Node input, int first, int second);

    /// <summary>Something to be kept, of that type; it begins as one number, and is known by what it comes from.</summary>
    Node Keep(TensorType type, float initial, string source);

    /// <summary>Says what it is after this step.</summary>
    void Update(Node kept, Node after);
}
