namespace DeepGen.Runtime;

/// <summary>
/// A matrix of square blocks along its diagonal, one for each of several graphs: their entries one after another, in which columns count
/// within their block. Its memory is used again for the next graphs, and grows if those have more.
/// </summary>
public sealed unsafe partial class SparseLayout
{
    /// <summary>Without any block yet.</summary>
    internal SparseLayout()
    {
        _byRow = _byColumn = new Side(0, Pinned<int>([]), Pinned<int>([]), Pinned<float>([]));
        _places = Pinned<int>([]);
    }

    /// <summary>Puts the matrices of some graphs in place of those there are.</summary>
    /// <param name="graphs">The graphs, none of more nodes than a block has rows.</param>
    /// <param name="weights">Which of their matrices.</param>
    /// <param name="rows">How many rows a block has; those beyond a graph's nodes are empty.</param>
    internal void PutBlocks(ReadOnlySpan<NodeGraph> graphs, NeighbourWeights weights, int rows)
    {
        int all = checked(graphs.Length * rows);
        int entries = 0;
        foreach (var graph in graphs)
        {
            entries = checked(entries + graph.Matrix(weights).Count);
        }

        if (_byRow.Starts.Length <= all || _places.Length <= entries)
        {
            int rowsRoom = Math.Max(all, _byRow.Starts.Length - 1);
            int room = entries < _places.Length ? _places.Length - 1 : Math.Max(entries, 2 * (_places.Length - 1));
            _places = Room<int>(room);
            _byRow = new Side(0, Room<int>(rowsRoom), Room<int>(room), Room<float>(room));
            _byColumn = new Side(0, Room<int>(rowsRoom), Room<int>(room), Room<float>(room));
        }

        _count = 0;
        for (int g = 0; g < graphs.Length; g++)
        {
            var block = graphs[g].Matrix(weights).Layout;
            block._byRow.CopyTo(_byRow, g * rows, rows, _count, block._count);
            block._byColumn.CopyTo(_byColumn, g * rows, rows, _count, block._count);
            for (int e = 0; e < block._count; e++)
            {
                _places[_count + e] = _count + block._places[e];
            }

            _count += block._count;
        }

        _byRow.End(all, _count);
        _byColumn.End(all, _count);
        _block = rows;
        _formed.Clear();
        _hasBounds = false;
        Point(EntryForm.Plain, _byRow.Values, _byColumn.Values);
    }

    private static T[] Room<T>(int count) => GC.AllocateUninitializedArray<T>(checked(count + 1), pinned: true);

    /// <summary>The entries by rows, or by columns.</summary>
    private sealed class Side(int rows, int[] starts, int[] columns, float[] values)
    {
        public int Rows { get; private set; } = rows;

        public int[] Starts => starts;

        public int[] Columns => columns;

        public float[] Values => values;

        /// <summary>Copies the entries into a block of another matrix.</summary>
        public void CopyTo(Side other, int firstRow, int otherRows, int firstEntry, int count)
        {
            for (int row = 0; row < otherRows; row++)
            {
                other.Starts[firstRow + row] = firstEntry + starts[Math.Min(row, Rows)];
            }

            columns.AsSpan(0, count).CopyTo(other.Columns.AsSpan(firstEntry));
            values.AsSpan(0, count).CopyTo(other.Values.AsSpan(firstEntry));
        }

        public void End(int allRows, int count)
        {
            Rows = allRows;
            starts[allRows] = count;
        }
    }
}
