namespace DeepGen.Data;

/// <summary>
/// Holds the next k samples of a stream. Each draw takes one of them at random and lets the stream's next sample in; a window of one
/// keeps the order. What is drawn is a function of the generator and the number of the draw.
/// </summary>
internal sealed class ShuffleWindow(SampleLayout layout, int size)
{
    private readonly List<Sample> _slots = [];
    private readonly List<long> _places = [];
    private CounterRandom _random;
    private int _filled;
    private long _draws;

    /// <summary>How many samples have come in.</summary>
    public long Read { get; private set; }

    /// <summary>The sample drawn last.</summary>
    public Sample Drawn { get; private set; } = new(layout);

    /// <summary>Its place in the stream.</summary>
    public long Place { get; private set; }

    public void Start(CounterRandom random)
    {
        (_random, _filled, _draws, Read) = (random, 0, 0, 0);
    }

    /// <summary>Draws a sample; false if the stream has ended and none is left.</summary>
    public bool Draw(IEnumerator<Sample> stream)
    {
        while (_draws == 0 && _filled < size && TakeIn(stream, _filled))
        {
            _filled++;
        }

        if (_filled == 0)
        {
            return false;
        }

        int slot = _random.Below(_draws++, _filled);
        var free = Drawn;
        (Drawn, Place) = (_slots[slot], _places[slot]);
        _slots[slot] = free;
        if (!TakeIn(stream, slot))
        {
            _filled--;
            (_slots[slot], _slots[_filled]) = (_slots[_filled], _slots[slot]);
            (_places[slot], _places[_filled]) = (_places[_filled], _places[slot]);
        }

        return true;
    }

    private bool TakeIn(IEnumerator<Sample> stream, int slot)
    {
        if (!stream.MoveNext())
        {
            return false;
        }

        if (slot == _slots.Count)
        {
            _slots.Add(new Sample(layout));
            _places.Add(0);
        }

        _slots[slot].CopyFrom(stream.Current);
        _places[slot] = Read++;
        return true;
    }
}
