namespace DeepGen.Generator.Emit;

/// <summary>How a number of rows known beforehand is cut into tiles.</summary>
internal static class RowTiles
{
    /// <summary>Rows in tiles of one height if there is a divisor among the heights that pay, else in two heights that differ by one.</summary>
    public static IReadOnlyList<(int Height, int Times)> Split(int rows, int tallest, int shortest)
    {
        int tiles = (rows + tallest - 1) / tallest;
        for (int n = tiles; rows / n >= shortest; n++)
        {
            if (rows % n == 0)
            {
                return [(rows / n, n)];
            }
        }

        int height = rows / tiles;
        int taller = rows % tiles;
        return taller == 0 ? [(height, tiles)] : [(height + 1, taller), (height, tiles - taller)];
    }
}
