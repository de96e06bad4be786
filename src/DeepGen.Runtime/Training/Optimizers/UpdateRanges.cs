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
        _firstRun = FirstRuns(_runs, Blocks);
    }

    private UpdateRanges(UpdateRanges all, IEnumerable<Run> runs)
    {
        Groups = all.Groups;
        Blocks = all.Blocks;
        _runs = [.. runs];
        _firstRun = FirstRuns(_runs, Blocks);
    }

    /// <summary>The groups in the order in which they are asked; the last one takes what is left.</summary>
    public ParameterGroup[] Groups { get; }

    /// <summary>How many blocks there are.</summary>
    public int Blocks { get; }

    /// <summary>The runs within a block.</summary>
    public Walk Of(int block) => Within(block * BlockLength, (block + 1) * BlockLength);

    /// <summary>The runs between two places.</summary>
    public Walk Within(int start, int end) => new(_runs, _firstRun[start / BlockLength], start, end);

    /// <summary>The same without the numbers of some places, which come in order.</summary>
    public UpdateRanges Without(ReadOnlySpan<ParameterPlace> places)
    {
        var left = new List<Run>();
        foreach (var run in _runs)
        {
            int start = run.Start;
            foreach (var place in places)
            {
                if (place.Start >= run.End)
                {
                    break;
                }

                if (start < place.Start)
                {
                    left.Add(run with { Start = start, End = place.Start });
                }

                start = Math.Max(start, place.Start + place.Length);
            }

            if (start < run.End)
            {
                left.Add(run with { Start = start });
            }
        }

        return new UpdateRanges(this, left);
    }

    /// <summary>Of every block the first run that does not end before it.</summary>
    private static int[] FirstRuns(Run[] runs, int blocks)
    {
        int[] first = new int[blocks];
        for (int block = 0, run = 0; block < blocks; block++)
        {
            while (run < runs.Length && runs[run].End <= block * BlockLength)
            {
                run++;
            }

            first[block] = run;
        }

        return first;
    }

    /// <summary>Neighbouring numbers of one group.</summary>
    public readonly record struct Run(int Start, int End, int Group);

    /// <summary>Goes through the runs between two places.</summary>
    public ref struct Walk(Run[] runs, int next, int start, int end)
    {
        /// <summary>The part of a run that lies between them.</summary>
        public Run Current { get; private set; }

        /// <summary>For foreach.</summary>
        public readonly Walk GetEnumerator() => this;

        /// <summary>Goes on to the next run, if there is one.</summary>
        public bool MoveNext()
        {
            while (next < runs.Length && runs[next].End <= start)
            {
                next++;
            }

            if (next >= runs.Length || runs[next].Start >= end)
            {
                return false;
            }

            var run = runs[next++];
            Current = run with { Start = Math.Max(run.Start, start), End = Math.Min(run.End, end) };
            return true;
        }
    }
}
