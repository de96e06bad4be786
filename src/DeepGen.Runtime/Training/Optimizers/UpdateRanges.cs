namespace DeepGen.Runtime;

/// <summary>
/// Which numbers of the flat buffer a step changes: runs of trainable parameters of the same group, in order, and the blocks of a
/// fixed size that cut the whole buffer into parts. A block's numbers depend on no other block's.
/// </summary>
internal sealed class UpdateRanges
{
    /// <summary>Small enough for four buffers of it to stay in the first cache, large enough that handing it over costs nothing.</summary>
    public const int BlockLength = 4096;

    private readonly Run[] _runs;
    private readonly int[] _firstRun;

    /// <exception cref="ArgumentException">A group that must fit some parameter fits none.</exception>
    public UpdateRanges(ParameterSet parameters, IReadOnlyList<ParameterGroup> groups)
    {
        foreach (var group in groups)
        {
            if (group.MustFit && !parameters.Any(p => p.Trainable && group.Fits(p)))
            {
                throw new ArgumentException(
                    $"the {group.Description} fits no trainable parameter; the names are {string.Join(", ", parameters.Where(p => p.Trainable).Take(8).Select(p => $"'{p.Name}'"))}");
            }
        }

        Groups = [.. groups, new ParameterGroup("others", _ => true, null, 1, false)];
        var runs = new List<Run>();
        foreach (var parameter in parameters.Where(p => p.Trainable && p.Length > 0).OrderBy(p => p.Offset))
        {
            int group = Array.FindIndex(Groups, g => g.Fits(parameter));
            int end = parameter.Offset + parameter.Length;
            if (runs.Count > 0 && runs[^1].End == parameter.Offset && runs[^1].Group == group)
            {
                runs[^1] = runs[^1] with { End = end };
            }
            else
            {
                runs.Add(new Run(parameter.Offset, end, group));
            }
        }

        _runs = [.. runs];
        Blocks = (parameters.Storage.Length + BlockLength - 1) / BlockLength;
        _firstRun = new int[Blocks];
        for (int block = 0, run = 0; block < Blocks; block++)
        {
            while (run < _runs.Length && _runs[run].End <= block * BlockLength)
            {
                run++;
            }

            _firstRun[block] = run;
        }
    }

    /// <summary>The groups in the order in which they are asked; the last one takes what is left.</summary>
    public ParameterGroup[] Groups { get; }

    /// <summary>How many blocks there are.</summary>
    public int Blocks { get; }

    /// <summary>The runs within a block.</summary>
    public Walk Of(int block) => new(_runs, _firstRun[block], block * BlockLength);

    /// <summary>Neighbouring numbers of one group.</summary>
    public readonly record struct Run(int Start, int End, int Group);

    /// <summary>Goes through the runs within a block.</summary>
    public ref struct Walk(Run[] runs, int next, int blockStart)
    {
        /// <summary>The part of a run that lies within the block.</summary>
        public Run Current { get; private set; }

        /// <summary>For foreach.</summary>
        public readonly Walk GetEnumerator() => this;

        /// <summary>Goes on to the next run, if it begins within the block.</summary>
        public bool MoveNext()
        {
            int blockEnd = blockStart + BlockLength;
            if (next >= runs.Length || runs[next].Start >= blockEnd)
            {
                return false;
            }

            var run = runs[next++];
            Current = run with { Start = Math.Max(run.Start, blockStart), End = Math.Min(run.End, blockEnd) };
            return true;
        }
    }
}
