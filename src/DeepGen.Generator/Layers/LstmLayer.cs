using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>i, f, g, o = x + h; c = σ(f)·c + σ(i)·tanh(g); h = σ(o)·tanh(c).</summary>
internal sealed class LstmLayer() : RecurrentLayer("Lstm", gates: 4, states: 2)
{
    protected override Term[] Cell(LayerCall call, Term[] x, Term[] h, Term[] before)
    {
        Term Open(int gate) => (x[gate] + h[gate]).Apply(new Sigmoid());
        Term cell = (Open(1) * before[1]) + (Open(0) * (x[2] + h[2]).Apply(new Tanh()));
        return [Open(3) * cell.Apply(new Tanh()), cell];
    }
}
