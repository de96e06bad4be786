using DeepGen.Runtime;

namespace DeepGen.Tests;

public sealed class PartedWorkTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_thread_goes_one_way(bool isBackwards)
    {
        var work = new Noting(isBackwards);
        work.Run(5, threads: 1);
        Assert.Equal(isBackwards ? [4, 3, 2, 1, 0] : [0, 1, 2, 3, 4], work.Done);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    public void Each_part_is_done_once_whichever_way(int parts)
    {
        var work = new Noting(isBackwards: true);
        work.Run(parts, threads: 2);
        Assert.Equal(Enumerable.Range(0, parts), work.Done.Order());
    }

    private sealed class Noting : PartedWork
    {
        private readonly List<int> _done = [];

        public Noting(bool isBackwards) => IsBackwards = isBackwards;

        public IReadOnlyList<int> Done => _done;

        protected override void RunPart(int part)
        {
            lock (_done)
            {
                _done.Add(part);
            }
        }
    }
}
