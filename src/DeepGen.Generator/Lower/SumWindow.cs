using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// A row of a product that is the maximum, or the total, of several sums: of neighbouring pixels of neighbouring lines of an image. The product's
/// Result is that of each sum; the outer axis counts lines of windows, rows count windows, and the left factor's strides go from window to window.
/// </summary>
/// <param name="Lines">Lines of the image in a window.</param>
/// <param name="Pixels">Pixels of each line in a window.</param>
/// <param name="LineStride">From line to line in the left factor.</param>
/// <param name="PixelStride">From pixel to pixel there.</param>
/// <param name="Result">What is done with what a window is reduced to.</param>
internal sealed record SumWindow(Reduction Reduction, int Lines, int Pixels, long LineStride, long PixelStride, Expression Result);
