namespace DeepGen.Data;

/// <summary>
/// Each draw is from the next k samples of a stream that have not been drawn, so a window of one keeps the order. What is drawn is
/// a function of the generator and the number of the draw.
/// </summary>
internal sealed class ShuffleWindow(SampleLayout layout, int size)
{
    private readonly List<Sample> _slots = [];
    private readonly List<long> _places = [];
    private CounterRandom _random;
    private int _filled;
    private long _draws;
    private bool _ended;

    /// <summary>How many samples have come in.</summary>
    public long Read { get; private set; }

    /// <summary>The sample drawn last.</summary>
    public Sample Drawn { get; private set; } = new(layout);

    /// <summary>Its place in the stream.</summary>
    public long Place { get; private set; }

    public void Start(CounterRandom random)
    {
        (_random, _filled, _draws, _ended, Read) = (random, 0, 0, false, 0);
    }

    /// <summary>Draws a sample; false if the stream has ended and none is left. Nothing is read that is not needed for the draw.</summary>
    public bool Draw(IEnumerator<Sample> stream)
    {
        while (!_ended && _filled < size)
        {
            TakeIn(stream);
        }

        if (_filled == 0)
        {
            return false;
        }

        int slot = _random.Below(_draws++, _filled--);
        var free = Drawn;
        (Drawn, Place) = (_slots[slot], _places[slot]);
        (_slots[slot], _places[slot]) = (_slots[_filled], _places[_filled]);
        _slots[_filled] = free;
        return true;
    }

    private void TakeIn(IEnumerator<Sample> stream)
    {
        if (!stream.MoveNext())
        {
            _ended = true;
            return;
        }

        if (_filled == _slots.Count)
        {
            _slots.Add(new Sample(layout));
            _places.Add(0);
        }

        _slots[_filled].CopyFrom(stream.Current);
        _places[_filled++] = Read++;
    }
}
