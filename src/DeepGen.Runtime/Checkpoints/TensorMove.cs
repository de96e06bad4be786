namespace DeepGen.Checkpoints;

/// <summary>
/// Rows of a tensor on their way into rows of a parameter, piece by piece, so that no second copy of either is made. A row is what the
/// first axis counts, after the tensor has been transposed if it is to be.
/// </summary>
/// <param name="Source">The tensor.</param>
/// <param name="SourceRow">Its first row.</param>
/// <param name="Target">The parameter.</param>
/// <param name="TargetRow">Its first row.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="RowLength">How many numbers a row has.</param>
/// <param name="Transposed">Whether the file has columns for rows.</param>
internal sealed record TensorMove(StoredTensor Source, int SourceRow, Parameter Target, int TargetRow, int Rows, int RowLength, bool Transposed)
{
    private const int Piece = 1 << 18;

    /// <summary>How many columns of a transposed tensor are turned together: a line of the processor's memory for each row.</summary>
    private const int Columns = 16;

    /// <summary>Carries moves out.</summary>
    public static void RunAll(IEnumerable<TensorMove> moves, Span<float> storage)
    {
        var bytes = new byte[Piece];
        float[] turned = [];
        foreach (var move in moves)
        {
            var target = move.Target.Destination(storage).Slice(move.TargetRow * move.RowLength, move.Rows * move.RowLength);
            if (move.Transposed)
            {
                turned = turned.Length > 0 ? turned : new float[Piece / sizeof(float)];
                move.Turn(target, turned, bytes);
            }
            else
            {
                move.Source.Read((long)move.SourceRow * move.RowLength, target, bytes);
            }
        }
    }

    private void Turn(Span<float> target, Span<float> turned, Span<byte> bytes)
    {
        long stride = Source.Entry.Shape[1];
        int most = turned.Length / Columns;
        for (int row = 0; row < Rows; row += most)
        {
            int rows = Math.Min(most, Rows - row);
            for (int column = 0; column < RowLength; column += Columns)
            {
                int columns = Math.Min(Columns, RowLength - column);
                for (int c = 0; c < columns; c++)
                {
                    Source.Read(((column + c) * stride) + SourceRow + row, turned.Slice(c * most, rows), bytes);
                }

                for (int r = 0; r < rows; r++)
                {
                    var line = target.Slice(((row + r) * RowLength) + column, columns);
                    for (int c = 0; c < line.Length; c++)
                    {
                        line[c] = turned[(c * most) + r];
                    }
                }
            }
        }
    }
}
