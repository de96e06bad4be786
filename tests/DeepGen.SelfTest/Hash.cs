namespace DeepGen.SelfTest;

/// <summary>FNV-1a over the bits of float32 values: h ← (h xor bits) · p.</summary>
internal sealed class Hash
{
    private ulong _state = 14695981039346656037;

    public void Add(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            Add(BitConverter.SingleToUInt32Bits(value));
    }

    public void Add(Hash other)
    {
        Add((uint)other._state);
        Add((uint)(other._state >> 32));
    }

    public override string ToString()
    {
        var digits = new char[16];
        for (int i = 0; i < digits.Length; i++)
            digits[i] = "0123456789abcdef"[(int)(_state >> (60 - (4 * i)) & 15)];
        return new string(digits);
    }

    private void Add(uint bits) => _state = (_state ^ bits) * 1099511628211;
}
