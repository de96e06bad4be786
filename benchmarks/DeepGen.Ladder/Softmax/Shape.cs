namespace DeepGen.Ladder.Softmax;

/// <summary>Softmax of 64 rows of 1024 values each.</summary>
internal static class Shape
{
    public const int Rows = 64, Columns = 1024;

    /// <summary>Of one value: the maximum, the difference, 2 of the clamp, 3 multiply-adds of the reduction, its difference, 6 of the polynomial, the scale, the sum, the quotient.</summary>
    public const int Operations = 26;
}
