namespace DeepGen.Runtime;

/// <summary>The matrices that layers over graphs multiply by, computed in double precision from the weights of the edges.</summary>
internal static class GraphMatrices
{
    /// <summary>The matrix of that kind.</summary>
    public static SparseMatrix Of(NeighbourWeights weights, SparseMatrix edges) => weights switch
    {
        NeighbourWeights.Mean => Mean(edges),
        NeighbourWeights.WithSelf => WithOnes(WithLoops(edges)),
        _ => Symmetric(edges),
    };

    /// <summary>The same entries, each a one.</summary>
    public static SparseMatrix WithOnes(SparseMatrix matrix)
    {
        float[] ones = new float[matrix.Count];
        ones.AsSpan().Fill(1);
        return SparseMatrix.OfSortedRows(matrix.Rows, matrix.Columns, [.. matrix.RowStarts], [.. matrix.ColumnIndices], ones);
    }

    /// <summary>D⁻½ (A + I) D⁻½; a row whose sum is not positive becomes zeros, as in PyTorch Geometric.</summary>
    public static SparseMatrix Symmetric(SparseMatrix edges)
    {
        var looped = WithLoops(edges);
        double[] scale = new double[looped.Rows];
        for (int r = 0; r < scale.Length; r++)
        {
            double sum = Sum(looped, r);
            scale[r] = sum > 0 ? 1 / Math.Sqrt(sum) : 0;
        }

        return Scaled(looped, (row, column) => scale[row] * scale[column]);
    }

    /// <summary>Each row divided by its sum.</summary>
    public static SparseMatrix Mean(SparseMatrix edges) => Scaled(edges, (row, _) => Sum(edges, row) is var sum && sum != 0 ? 1 / sum : 0);

    /// <summary>A + I, where a node that has an edge to itself keeps that.</summary>
    public static SparseMatrix WithLoops(SparseMatrix edges)
    {
        int[] starts = new int[edges.Rows + 1];
        var columns = new List<int>(edges.Count + edges.Rows);
        var values = new List<float>(edges.Count + edges.Rows);
        for (int r = 0; r < edges.Rows; r++)
        {
            bool isPending = true;
            for (int e = edges.RowStarts[r]; e < edges.RowStarts[r + 1]; e++)
            {
                int column = edges.ColumnIndices[e];
                if (isPending && column >= r)
                {
                    isPending = false;
                    if (column > r)
                    {
                        Add(r, 1);
                    }
                }

                Add(column, edges.Values[e]);
            }

            if (isPending)
            {
                Add(r, 1);
            }

            starts[r + 1] = columns.Count;
        }

        return SparseMatrix.OfSortedRows(edges.Rows, edges.Columns, starts, [.. columns], [.. values]);

        void Add(int column, float value)
        {
            columns.Add(column);
            values.Add(value);
        }
    }

    private static double Sum(SparseMatrix matrix, int row)
    {
        double sum = 0;
        foreach (float value in matrix.Values[matrix.RowStarts[row]..matrix.RowStarts[row + 1]])
        {
            sum += value;
        }

        return sum;
    }

    private static SparseMatrix Scaled(SparseMatrix matrix, Func<int, int, double> factor)
    {
        float[] values = [.. matrix.Values];
        for (int r = 0; r < matrix.Rows; r++)
        {
            for (int e = matrix.RowStarts[r]; e < matrix.RowStarts[r + 1]; e++)
            {
                values[e] = (float)(values[e] * factor(r, matrix.ColumnIndices[e]));
            }
        }

        return SparseMatrix.OfSortedRows(matrix.Rows, matrix.Columns, [.. matrix.RowStarts], [.. matrix.ColumnIndices], values);
    }
}
