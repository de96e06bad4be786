namespace DeepGen.Generator.Ops;

/// <summary>Which tile, if any, makes a convolution that may be done by tiles cheapest: the one place where that is decided.</summary>
internal static class WinogradTile
{
    /// <summary>Vectors of fewer channels would be mostly empty.</summary>
    private const int FewestChannels = 8;

    private const int Lanes = 16;

    /// <summary>What a filter value costs that is read once for every image, in multiply-adds: it comes from the second cache.</summary>
    private const double WeightRead = 2.5;

    /// <summary>Outputs along a side of a tile; 0 where the plain sum is cheaper.</summary>
    public static int Cheapest(int height, int width, int channels, int outputs)
    {
        if (channels < FewestChannels || outputs < FewestChannels)
        {
            return 0;
        }

        double plain = (double)height * width * channels * Vectors(outputs) * 9;
        return new[] { (Tile: 0, Cost: plain), (Tile: 2, Cost: Cost(2)), (Tile: 4, Cost: Cost(4)) }.OrderBy(c => c.Cost).First().Tile;

        double Cost(int tile)
        {
            double tiles = (double)Parts(height, tile) * Parts(width, tile);
            int points = (tile + 2) * (tile + 2);
            double products = points * channels * Vectors(outputs) * Math.Max(tiles, Math.Min(tiles + WeightRead, 2 * WeightRead + 3));
            double input = 6.0 * points * tiles * Vectors(channels);
            double output = 5.0 * points * tiles * Vectors(outputs);
            return products + input + output;
        }
    }

    private static int Vectors(int channels) => Parts(channels, Lanes);

    private static int Parts(int whole, int part) => (whole + part - 1) / part;
}
