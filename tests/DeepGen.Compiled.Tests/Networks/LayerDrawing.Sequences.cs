namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Layers that take sequences of lengths of their own.</summary>
internal sealed partial class LayerDrawing
{
    /// <summary>A layer for such a sequence, or for the vector that one has become.</summary>
    /// <param name="shape">Steps as many as there may be.</param>
    /// <param name="keepsSteps">Whether it has to stay a sequence.</param>
    public DrawnLayer OfLengths(int[] shape, bool keepsSteps) => Try(shape, () => shape.Length == 1
        ? dice.Below(4) switch { 0 => Dense(shape), 1 => Gated(shape), 2 => Normalized(shape), _ => new(dice.One(s_activations), shape) }
        : dice.Below(13) switch
        {
            < 3 => Dense(shape),
            < 6 => Recurrent(shape) is { } layer && (layer.Shape.Length == 2 || !keepsSteps) ? layer : null,
            6 or 7 => Attention(shape),
            8 or 9 => AlongSteps(shape),
            10 => Gated(shape),
            11 => Normalized(shape),
            _ => new(dice.One("Dropout(0.3f)", shape[1] % 2 == 0 ? "SinusoidalPositions" : "LearnedPositions", dice.One(s_activations)), shape),
        });

    private DrawnLayer? Normalized(int[] shape) => Telling(shape[^1]) ? new(dice.One("LayerNorm", "RmsNorm", "Softmax(Axis = -1)"), shape) : null;

    /// <summary>A convolution after which there are as many steps as before.</summary>
    private DrawnLayer? AlongSteps(int[] shape)
    {
        (int kernel, int dilation, int outputs) = (dice.One(1, 2, 3, 5), dice.One(1, 1, 2), dice.Size());
        int reach = dilation * (kernel - 1);
        bool isCausal = reach % 2 == 1 || dice.Chance(40);
        string text = Join(
            $"{outputs}, {kernel}", isCausal ? "Causal = true" : $"Padding = {reach / 2}", dilation > 1 ? $"Dilation = {dilation}" : "", dice.Chance(20) ? "Bias = false" : "");
        return dice.Fits(shape[0], outputs) && dice.Affords((long)outputs * shape[0] * shape[1] * kernel)
            ? new($"Transpose(1, 0), Conv1D({text}), Transpose(1, 0)", [shape[0], outputs])
            : null;
    }
}
