namespace Digits.Drawing;

/// <summary>Points joined by straight pieces, each with the pen's pressure there; after a lift nothing joins the next point.</summary>
internal sealed class Line(int capacity)
{
    public int Count { get; private set; }

    public float[] X { get; } = new float[capacity];

    public float[] Y { get; } = new float[capacity];

    public float[] Pressure { get; } = new float[capacity];

    public Turn[] Kind { get; } = new Turn[capacity];

    public void Clear() => Count = 0;

    public void Add(float x, float y, float pressure, Turn kind)
    {
        X[Count] = x;
        Y[Count] = y;
        Pressure[Count] = pressure;
        Kind[Count++] = kind;
    }
}
