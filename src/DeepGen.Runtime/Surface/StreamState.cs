using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// What a network keeps of sequences that come element by element, one or several side by side: made by the network's
/// <c>NewState</c>, read and changed by its <c>Step</c>. For one call at a time; streams of their own need states of their own.
/// </summary>
public sealed class StreamState
{
    private readonly StreamLayout _layout;
    private readonly AlignedBuffer _remembered;
    private readonly int[] _sizes = [0];
    private AlignedBuffer _carried;
    private AlignedBuffer _next;

    /// <summary>Called by generated code.</summary>
    /// <param name="layout">What the network keeps.</param>
    /// <param name="batch">How many streams side by side.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none, or so many that their memory has no room.</exception>
    public StreamState(StreamLayout layout, int batch)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        long most = Array.MaxLength / 2 / Math.Max(1, Math.Max(layout.Carried, layout.Remembered));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch, most);
        _layout = layout;
        Batch = batch;
        _carried = new AlignedBuffer(batch * layout.Carried);
        _next = new AlignedBuffer(batch * layout.Carried);
        _remembered = new AlignedBuffer(batch * layout.Remembered);
        Reset();
    }

    /// <summary>How many streams there are side by side.</summary>
    public int Batch { get; }

    /// <summary>How many elements of each have come.</summary>
    public int Position { get; private set; }

    /// <summary>How many can come.</summary>
    public int Longest => _layout.Longest;

    /// <summary>Forgets everything: the next element is the first.</summary>
    public void Reset()
    {
        Position = 0;
        for (int b = 0; b < Batch; b++)
        {
            _layout.Begin(_carried.Span.Slice(b * _layout.Carried, _layout.Carried));
        }
    }

    /// <summary>A state of its own that is like this one now, from where a sequence can go on in another way.</summary>
    public StreamState Clone()
    {
        var clone = new StreamState(_layout, Batch) { Position = Position };
        _carried.Span.CopyTo(clone._carried.Span);
        _remembered.Span.CopyTo(clone._remembered.Span);
        return clone;
    }

    /// <summary>Adds what is kept to the tensors a step reads, after the network's inputs; called by generated code.</summary>
    /// <exception cref="ArgumentException">It was made by another network.</exception>
    /// <exception cref="InvalidOperationException">No more elements can come.</exception>
    public void AddKept(StreamLayout layout, ref FeedBuilder feed)
    {
        if (!ReferenceEquals(layout, _layout))
        {
            throw new ArgumentException("the state was made by a network of another class; ask this one's NewState for one", nameof(layout));
        }

        if (Position >= Longest)
        {
            throw new InvalidOperationException(
                $"{Position} elements have come, as many as the sizes declared allow; Reset the state, or declare a larger size");
        }

        if (_layout.Carried > 0)
        {
            feed.Add(_carried.Span);
        }

        if (_layout.Remembered > 0)
        {
            feed.Add(_remembered.Span);
        }
    }

    /// <summary>Adds what a step writes beyond the network's outputs, and its number; called by generated code.</summary>
    public void AddNext(ref FeedBuilder feed, int elements = 1)
    {
        if (_layout.Carried > 0)
        {
            feed.Add(_next.Span);
        }

        _sizes[0] = Position + elements;
        feed.Add(_sizes);
    }

    /// <summary>The step, or several at once, is done; called by generated code.</summary>
    public void Advance(int elements = 1)
    {
        (_carried, _next) = (_next, _carried);
        Position += elements;
    }
}

/// <summary>A network the compiler wrote a step for.</summary>
public interface IStreamable : INetwork
{
    /// <summary>What is kept before the first element has come.</summary>
    /// <param name="batch">How many streams side by side.</param>
    StreamState NewState(int batch = 1);
}

/// <summary>A network of tokens that gives, element by element, a score for each token that may come next.</summary>
public interface ITokenModel : IStreamable
{
    /// <summary>How many tokens there are.</summary>
    int Vocabulary { get; }

    /// <summary>Takes a token of each stream.</summary>
    /// <param name="tokens">Their ids.</param>
    /// <param name="scores">Filled with the scores of what may come next, stream after stream.</param>
    /// <param name="state">What has come before.</param>
    void Step(ReadOnlySpan<int> tokens, Span<float> scores, StreamState state);

    /// <summary>
    /// Takes several tokens of each stream, with the bits of as many steps. The first ones of a single stream are taken all at once
    /// where the network keeps nothing but keys and values of attention.
    /// </summary>
    /// <param name="tokens">Their ids, stream after stream.</param>
    /// <param name="scores">Filled with the scores of what may come after the last ones, stream after stream.</param>
    /// <param name="state">What has come before.</param>
    void Prefill(ReadOnlySpan<int> tokens, Span<float> scores, StreamState state);
}
