namespace DeepGen.Ladder.Gemm;

/// <summary>y = relu(x · w + b): a layer of 256 on 64 samples of 1024 values, whose rows are exactly 4096 bytes apart.</summary>
internal static class Shape
{
    public const int Rows = 64, Depth = 1024, Columns = 256;
}
