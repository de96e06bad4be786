namespace DeepGen.Text.BytePairs;

/// <summary>
/// A step on the way from a text to tokens: it takes a piece of the text, changes or cuts it, and hands it on; the last is the model.
/// Stages hold no state of a text, so that threads may share them.
/// </summary>
internal abstract class WordStage
{
    /// <summary>Takes a piece of a text.</summary>
    /// <param name="text">The piece.</param>
    /// <param name="first">Whether the whole text begins with it.</param>
    /// <param name="output">Takes the tokens.</param>
    public abstract void Take(ReadOnlySpan<char> text, bool first, TokenBuffer output);
}
