using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>A strip of tiles; the last row and the last column of tiles may have fewer outputs than a tile has.</summary>
internal sealed record TileGrid(WinogradTransform Transform, int Rows, int Columns, int LastRows, int LastColumns);

/// <summary>
/// target[point, tile, c] = Bᵀ d B of the tile's inputs d, for each channel c. The image's axes are row, column, channel; its
/// first element is the first one of the first tile. Scratch holds a row of tiles halfway, transformed along the height.
/// </summary>
internal sealed class TileInputKernel(string title, View target, View image, View scratch, TileGrid grid, int channels)
    : Kernel(title, target, Level.Sample)
{
    public View Image { get; } = image;

    public View Scratch { get; } = scratch;

    public TileGrid Grid { get; } = grid;

    public int Channels { get; } = channels;

    public override IEnumerable<View> Reads => [Image, Scratch];
}

/// <summary>
/// target[i, j, o] = Result(Aᵀ m A) of the products m[point, tile, o]. The axes of the target and of the epilogue's views are row,
/// column, channel. Scratch holds one tile halfway.
/// </summary>
internal sealed class TileOutputKernel(
    string title, View target, View products, View scratch, TileGrid grid, int channels, Expression result)
    : Kernel(title, target, Level.Sample)
{
    public View Products { get; } = products;

    public View Scratch { get; } = scratch;

    public TileGrid Grid { get; } = grid;

    public int Channels { get; } = channels;

    public Expression Result { get; } = result;

    public override IEnumerable<View> Reads => Result.Loads().Select(l => l.View).Append(Products).Append(Scratch);
}
