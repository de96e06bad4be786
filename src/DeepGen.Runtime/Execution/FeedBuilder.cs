using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>Collects up to sixteen tensors of a call, inputs first, for <see cref="BatchProgram"/>.</summary>
public ref struct FeedBuilder
{
    /// <summary>How many tensors fit.</summary>
    public const int Capacity = 16;

    private ReadOnlySpan<byte> _0, _1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15;
    private int _count;

    /// <summary>Adds a tensor of floats; one that the program writes must come from a <see cref="Span{T}"/>.</summary>
    public void Add(ReadOnlySpan<float> values) => Add(MemoryMarshal.AsBytes(values));

    /// <summary>Adds a tensor of integers.</summary>
    public void Add(ReadOnlySpan<int> values) => Add(MemoryMarshal.AsBytes(values));

    /// <summary>Adds a sparse matrix, which the caller must hold until the program has run.</summary>
    public void Add(SparseMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        Add(matrix.Layout);
    }

    /// <summary>The same for a program of bounds, which reads forms of the matrix that are made when first asked for.</summary>
    public void AddWithBounds(SparseMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        AddWithBounds(matrix.Layout);
    }

    /// <summary>Adds the matrices of some graphs, which the caller must hold until the program has run.</summary>
    public void Add(SparseLayout matrices) => Add(MemoryMarshal.AsBytes(matrices.Header));

    /// <summary>The same for a program of bounds.</summary>
    public void AddWithBounds(SparseLayout matrices)
    {
        matrices.PrepareBounds();
        Add(matrices);
    }

    internal readonly unsafe void Run(StagedProgram program, PreparedWeights weights, int threads, int batch)
    {
        fixed (byte* p0 = _0, p1 = _1, p2 = _2, p3 = _3, p4 = _4, p5 = _5, p6 = _6, p7 = _7)
        fixed (byte* p8 = _8, p9 = _9, p10 = _10, p11 = _11, p12 = _12, p13 = _13, p14 = _14, p15 = _15)
        {
            void** pinned = stackalloc void*[Capacity] { p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15 };
            program.Execute(weights, threads, batch, new Feed(pinned));
        }
    }

    internal readonly unsafe void Run(BatchProgram program, PreparedWeights weights, int threads, int batch)
    {
        fixed (byte* p0 = _0, p1 = _1, p2 = _2, p3 = _3, p4 = _4, p5 = _5, p6 = _6, p7 = _7)
        fixed (byte* p8 = _8, p9 = _9, p10 = _10, p11 = _11, p12 = _12, p13 = _13, p14 = _14, p15 = _15)
        {
            void** pinned = stackalloc void*[Capacity] { p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15 };
            program.Run(weights, threads, batch, new Feed(pinned));
        }
    }

    internal readonly unsafe float Run(CompiledStep step, int threads, int batch, Optimizer? optimizer)
    {
        fixed (byte* p0 = _0, p1 = _1, p2 = _2, p3 = _3, p4 = _4, p5 = _5, p6 = _6, p7 = _7)
        fixed (byte* p8 = _8, p9 = _9, p10 = _10, p11 = _11, p12 = _12, p13 = _13, p14 = _14, p15 = _15)
        {
            void** pinned = stackalloc void*[Capacity] { p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15 };
            return step.Run(new Feed(pinned), threads, batch, optimizer);
        }
    }

    private void Add(ReadOnlySpan<byte> values)
    {
        switch (_count++)
        {
            case 0: _0 = values; break;
            case 1: _1 = values; break;
            case 2: _2 = values; break;
            case 3: _3 = values; break;
            case 4: _4 = values; break;
            case 5: _5 = values; break;
            case 6: _6 = values; break;
            case 7: _7 = values; break;
            case 8: _8 = values; break;
            case 9: _9 = values; break;
            case 10: _10 = values; break;
            case 11: _11 = values; break;
            case 12: _12 = values; break;
            case 13: _13 = values; break;
            case 14: _14 = values; break;
            case 15: _15 = values; break;
            default: throw new InvalidOperationException($"a call takes at most {Capacity} spans; longer lists are passed as memories");
        }
    }
}
