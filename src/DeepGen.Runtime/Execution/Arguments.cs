using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>Checks what a caller passes to generated code, and says in a sentence what is wrong.</summary>
public static class Arguments
{
    /// <summary>How many samples an input holds.</summary>
    /// <exception cref="ArgumentException">The length is no multiple of a sample's.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Batch(int inputLength, int sampleLength, string name)
    {
        int batch = (int)((uint)inputLength / (uint)sampleLength);
        if (batch * sampleLength != inputLength)
        {
            ThrowNoMultiple(inputLength, sampleLength, name);
        }

        return batch;
    }

    /// <summary>How many samples an input holds, each a row of a sparse matrix.</summary>
    /// <exception cref="ArgumentException">A row is no sample.</exception>
    public static int Batch(SparseMatrix input, int sampleLength, string name)
    {
        ArgumentNullException.ThrowIfNull(input, name);
        return input.Columns == sampleLength
            ? input.Rows
            : throw new ArgumentException($"input '{name}' has {input.Columns} columns; one sample has {sampleLength}", name);
    }

    /// <summary>Checks that a further input holds as many samples as the first.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void Input(SparseMatrix input, int batch, int sampleLength, string name)
    {
        if (Batch(input, sampleLength, name) != batch)
        {
            throw new ArgumentException($"input '{name}' has {input.Rows} rows; there are {Samples(batch)}", name);
        }
    }

    /// <summary>The graph of a call that was not handed one.</summary>
    /// <exception cref="InvalidOperationException">The network has none either.</exception>
    public static NodeGraph Known(NodeGraph? graph) =>
        graph ?? throw new InvalidOperationException("this network is computed over a graph: hand one to the call, or set the property Graph");

    /// <summary>The graphs of a batch, for a network each of whose samples is one.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public static GraphBatch Known(Batch batch) => batch.Graphs
        ?? throw new ArgumentException($"each sample of this network is a graph, but the batch has none: set its property {nameof(DeepGen.Batch.Graphs)}", nameof(batch));

    /// <summary>Checks that a graph has a node for each sample.</summary>
    /// <exception cref="ArgumentException">It has not.</exception>
    public static void Nodes(NodeGraph graph, int batch)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (graph.Nodes != batch)
        {
            throw new ArgumentException($"the graph has {graph.Nodes} nodes, but there are {Samples(batch)}; every node is one", nameof(graph));
        }
    }

    /// <summary>Checks that there is a graph for each sample, with as many rows as a sample has.</summary>
    /// <param name="graphs">The graphs.</param>
    /// <param name="batch">How many samples there are.</param>
    /// <param name="rows">How many rows each has.</param>
    /// <param name="nodes">How many of them are nodes; left out, all.</param>
    /// <exception cref="ArgumentException">There is not.</exception>
    public static void Graphs(GraphBatch graphs, int batch, int rows, ReadOnlySpan<int> nodes = default)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        if (graphs.Count != batch)
        {
            throw new ArgumentException($"there are {graphs.Count} graphs, but {Samples(batch)}; each is one", nameof(graphs));
        }

        if (graphs.Rows != rows)
        {
            throw new ArgumentException($"the graphs are packed with {graphs.Rows} rows each, but a sample has {rows}", nameof(graphs));
        }

        for (int g = 0; g < batch; g++)
        {
            int expected = nodes.IsEmpty ? rows : nodes[g];
            if (graphs.NodeCounts[g] != expected)
            {
                throw new ArgumentException($"graph {g} has {graphs.NodeCounts[g]} nodes, but the sample has {expected}", nameof(graphs));
            }
        }
    }

    /// <summary>Checks that a further input holds as many samples as the first.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input(int inputLength, int batch, int sampleLength, string name)
    {
        if (inputLength != (long)batch * sampleLength)
        {
            ThrowWrongLength("input", inputLength, batch, sampleLength, name);
        }
    }

    /// <summary>Checks that an output has room for exactly the batch.</summary>
    /// <exception cref="ArgumentException">It has not.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output(int outputLength, int batch, int sampleLength, string name)
    {
        if (outputLength != (long)batch * sampleLength)
        {
            ThrowWrongLength("output", outputLength, batch, sampleLength, name);
        }
    }

    /// <summary>Checks that an output does not share memory with an input, which is read while the output is written.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apart(ReadOnlySpan<float> input, ReadOnlySpan<float> output, string inputName, string outputName)
    {
        if (input.Overlaps(output))
        {
            ThrowOverlap(inputName, outputName);
        }
    }

    /// <summary>Checks the number of inputs or outputs.</summary>
    /// <param name="given">How many were passed.</param>
    /// <param name="expected">How many the network has.</param>
    /// <param name="name">"inputs" or "outputs".</param>
    /// <exception cref="ArgumentException">They differ.</exception>
    public static void Count(int given, int expected, string name)
    {
        if (given != expected)
        {
            throw new ArgumentException($"the network has {expected} {name}, but {given} were passed", name);
        }
    }

    /// <summary>Checks a row of a table.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The table has no such row.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Index(int index, int rows)
    {
        if ((uint)index >= (uint)rows)
        {
            ThrowNoRow(index, rows);
        }

        return index;
    }

    /// <summary>Checks a size that the caller chooses.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1, or more than the network was compiled for.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Size(int value, int largest, string name)
    {
        if (value < 1 || value > largest)
        {
            ThrowNoSize(value, largest, name);
        }

        return value;
    }

    /// <summary>Checks ids, before anything is computed.</summary>
    /// <param name="ids">The ids of all samples.</param>
    /// <param name="count">How many ids there are: they go from 0 to one less.</param>
    /// <param name="sampleLength">How many a sample has.</param>
    /// <param name="name">The input's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is none of them.</exception>
    public static void Ids(ReadOnlySpan<int> ids, int count, int sampleLength, string name)
    {
        int at = ids.IndexOfAnyExceptInRange(0, count - 1);
        if (at >= 0)
        {
            ThrowNoId(ids[at], at, count, sampleLength, name);
        }
    }

    /// <summary>Checks how many steps each sample has, before anything is computed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A sample has none, or more than there are in this call.</exception>
    public static void Lengths(ReadOnlySpan<int> lengths, int steps, string name)
    {
        int at = lengths.IndexOfAnyExceptInRange(1, steps);
        if (at >= 0)
        {
            throw new ArgumentOutOfRangeException(
                name, lengths[at], $"input '{name}' says that sample {at} has {lengths[at]} steps; it must be from 1 to {steps}, the steps of this call");
        }
    }

    /// <summary>How far a call goes that says it by its lengths alone: as far as its longest sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A sample has no step, or more than the network was compiled for.</exception>
    public static int Longest(ReadOnlySpan<int> lengths, int largest, string name)
    {
        Lengths(lengths, largest, name);
        int longest = 1;
        foreach (int length in lengths)
        {
            longest = Math.Max(longest, length);
        }

        return longest;
    }

    /// <summary>Checks a number of threads.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public static int Threads(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }

    private static void ThrowNoSize(int value, int largest, string name) =>
        throw new ArgumentOutOfRangeException(name, value, $"the size {name} must be from 1 to {largest}, the largest that was declared");

    internal static void ThrowNoId(double id, int at, int count, int sampleLength, string name) => throw new ArgumentOutOfRangeException(
        name, id, $"input '{name}' has the id {id} at position {at % sampleLength} of sample {at / sampleLength}; ids must be whole numbers from 0 to {count - 1}");

    private static void ThrowNoRow(int index, int rows) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, $"the index must be from 0 to {rows - 1}");

    private static void ThrowNoMultiple(int inputLength, int sampleLength, string name) => throw new ArgumentException(
        $"input '{name}' has {Values(inputLength)}; one sample has {sampleLength}, so the length must be a multiple of {sampleLength}", name);

    private static void ThrowWrongLength(string kind, int length, int batch, int sampleLength, string name) => throw new ArgumentException(
        $"{kind} '{name}' has {Values(length)}; {Samples(batch)} of {sampleLength} make {(long)batch * sampleLength}", name);

    private static void ThrowOverlap(string inputName, string outputName) => throw new ArgumentException(
        $"output '{outputName}' shares memory with input '{inputName}', which is still read while the output is written", outputName);

    private static string Values(int count) => count == 1 ? "1 value" : $"{count} values";

    private static string Samples(int count) => count == 1 ? "1 sample" : $"{count} samples";
}
