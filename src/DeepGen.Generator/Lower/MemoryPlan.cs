namespace DeepGen.Generator.Lower;

/// <summary>
/// Gives every workspace buffer its place: buffers that are never alive together share memory; buffers with zero borders
/// share only with those whose borders coincide.
/// </summary>
internal static class MemoryPlan
{
    private const int LargestChunk = 64;

    private const int TileRows = 8;

    /// <summary>A chunk's buffers should stay near the core: a quarter of a million floats is a megabyte.</summary>
    private const long ChunkFloats = 1 << 18;

    /// <summary>Products through lists copy their weights for every chunk: it is so many times as large.</summary>
    private const int MoreOfLists = 4;

    /// <summary>Rows whose distance is a multiple of a page fall into the same cache sets: 4096 bytes.</summary>
    private const long PageFloats = 1024;

    public static int ChooseChunk(IReadOnlyList<Statement> statements, IReadOnlyList<Buffer> buffers)
    {
        HashSet<Buffer> shared = AcrossSampleLoops(statements);
        long perSample = buffers.Where(b => b.HasSamples && shared.Contains(b)).Sum(b => b.Length);
        int more = statements.SelectMany(s => s.Kernels).Any(k => k is ContractKernel { SkipsInRows: true }) ? MoreOfLists : 1;
        return perSample == 0 ? more * LargestChunk : (int)Math.Min(more * LargestChunk, Math.Max(TileRows, more * ChunkFloats / perSample / TileRows * TileRows));
    }

    public static long Assign(IReadOnlyList<Statement> statements, IReadOnlyList<Buffer> buffers, int chunk)
    {
        HashSet<Buffer> shared = AcrossSampleLoops(statements);
        foreach (Buffer buffer in buffers.Where(b => b.HasSamples && shared.Contains(b)))
        {
            long stride = Lanes.RoundUp(buffer.Length);
            buffer.SampleStride = stride % PageFloats == 0 ? stride + Lanes.Count : stride;
        }

        Dictionary<Buffer, Lifetime> lifetimes = Lifetimes(statements);
        var slots = new List<Slot>();
        foreach (Buffer buffer in buffers.Where(lifetimes.ContainsKey).OrderBy(b => lifetimes[b].First))
        {
            long size = Lanes.RoundUp(buffer.SampleStride == 0 ? buffer.Length : buffer.SampleStride * chunk);
            buffer.Offset = Place(slots, lifetimes[buffer], size, buffer.Borders);
        }

        return slots.Count == 0 ? 0 : slots.Max(s => s.Offset + s.Size);
    }

    /// <summary>Buffers that carry values from one sample loop to another, or to a kernel for the whole chunk.</summary>
    private static HashSet<Buffer> AcrossSampleLoops(IReadOnlyList<Statement> statements)
    {
        var homes = new Dictionary<Buffer, object>();
        var shared = new HashSet<Buffer>();
        Visit(statements, null);
        return shared;

        void Visit(IEnumerable<Statement> list, object? home)
        {
            foreach (Statement statement in list)
            {
                if (statement is LoopStatement loop)
                {
                    Visit(loop.Body, loop.OverSamples ? loop : home);
                    continue;
                }

                Kernel kernel = ((KernelStatement)statement).Kernel;
                foreach (View view in kernel.Views.Where(v => v.Buffer.Memory == Memory.Workspace))
                {
                    object here = home ?? kernel;
                    if (!homes.TryGetValue(view.Buffer, out object known))
                    {
                        homes.Add(view.Buffer, here);
                    }

                    if (home is null || (known is not null && !ReferenceEquals(known, here)))
                    {
                        shared.Add(view.Buffer);
                    }
                }
            }
        }
    }

    private static Dictionary<Buffer, Lifetime> Lifetimes(IReadOnlyList<Statement> statements)
    {
        var lifetimes = new Dictionary<Buffer, Lifetime>();
        int position = 0;
        Visit(statements, lifetimes);
        return lifetimes;

        void Visit(IEnumerable<Statement> list, Dictionary<Buffer, Lifetime> alive)
        {
            foreach (Statement statement in list)
            {
                if (statement is LoopStatement loop)
                {
                    int first = position++;
                    var inner = new Dictionary<Buffer, Lifetime>();
                    Visit(loop.Body, inner);
                    int end = position++;
                    foreach (KeyValuePair<Buffer, Lifetime> pair in inner)
                    {
                        // Used only here: alive as measured. Known outside as well: alive for the whole loop.
                        bool outside = alive.ContainsKey(pair.Key) || UsedAfter(statements, loop, pair.Key);
                        Extend(alive, pair.Key, outside ? new Lifetime(first, end) : pair.Value);
                    }

                    continue;
                }

                Kernel kernel = ((KernelStatement)statement).Kernel;
                foreach (View view in kernel.Views.Where(v => v.Buffer.Memory == Memory.Workspace))
                {
                    Extend(alive, view.Buffer, new Lifetime(position, position));
                }

                position++;
            }
        }
    }

    /// <summary>Whether a buffer is touched anywhere outside the loop.</summary>
    private static bool UsedAfter(IReadOnlyList<Statement> statements, LoopStatement loop, Buffer buffer)
    {
        return Uses(statements);

        bool Uses(IEnumerable<Statement> list) => list.Any(s => s switch
        {
            LoopStatement other => !ReferenceEquals(other, loop) && Uses(other.Body),
            KernelStatement k => k.Kernel.Views.Any(v => v.Buffer == buffer),
            _ => false,
        });
    }

    private static void Extend(Dictionary<Buffer, Lifetime> alive, Buffer buffer, Lifetime lifetime)
    {
        alive[buffer] = alive.TryGetValue(buffer, out Lifetime known)
            ? new Lifetime(Math.Min(known.First, lifetime.First), Math.Max(known.Last, lifetime.Last))
            : lifetime;
    }

    internal static long Place(List<Slot> slots, Lifetime lifetime, long size, string? borders)
    {
        if (borders is not null)
        {
            foreach (Slot slot in slots)
            {
                if (slot.Borders == borders && slot.Users.All(u => !u.Overlaps(lifetime)))
                {
                    slot.Users.Add(lifetime);
                    return slot.Offset;
                }
            }
        }

        // First gap among the slots alive at the same time; places with borders are nobody else's at any time.
        long offset = 0;
        foreach (Slot slot in slots.Where(s => s.Borders is not null || borders is not null || s.Users.Any(u => u.Overlaps(lifetime))).OrderBy(s => s.Offset))
        {
            if (offset + size <= slot.Offset)
            {
                break;
            }

            offset = Math.Max(offset, slot.Offset + slot.Size);
        }

        slots.Add(new Slot(offset, size, borders, [lifetime]));
        return offset;
    }

    internal readonly record struct Lifetime(int First, int Last)
    {
        public bool Overlaps(Lifetime other) => First <= other.Last && other.First <= Last;
    }

    internal sealed record Slot(long Offset, long Size, string? Borders, List<Lifetime> Users);
}
