namespace FirstNetwork;

/// <summary>FNV-1a over the bits of every number printed: equal hashes mean equal predictions to the last bit.</summary>
internal struct OutputHash()
{
    private ulong _state = 14695981039346656037;

    public void Add(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            _state = (_state ^ BitConverter.SingleToUInt32Bits(value)) * 1099511628211;
    }

    public override readonly string ToString() => _state.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
