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

    /// <summary>A part that lasts until all others are done leaves the rest of its share to others. Tests at once may have all threads: hence many attempts.</summary>
    [Fact]
    public void Who_is_slow_is_helped()
    {
        const int Attempts = 40;
        Assert.Contains(Enumerable.Range(0, Attempts), _ =>
        {
            var work = new Waiting();
            work.Run(Waiting.Parts, threads: 2);
            return work.IsHelped;
        });
    }

    private sealed class Waiting : PartedWork
    {
        public const int Parts = 9;

        private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(0.25);

        private readonly CountdownEvent _others = new(Parts - 1);

        public bool IsHelped { get; private set; }

        protected override void RunPart(int part)
        {
            if (part == 0)
            {
                IsHelped = _others.Wait(s_patience);
            }
            else
            {
                _others.Signal();
            }
        }
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
