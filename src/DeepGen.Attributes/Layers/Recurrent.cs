namespace DeepGen;

/// <summary>What a recurrent layer hands on.</summary>
public enum States
{
    /// <summary>The state after every step: shape [t, units].</summary>
    All,

    /// <summary>The state after the last step: shape [units]. Of two directions, each at the step it ends with.</summary>
    Last,
}

/// <summary>A layer that goes through a sequence step by step and remembers: shape [t, n] → [t, units], or [units].</summary>
/// <remarks>
/// A layer method <c>(Tensor Y, Tensor H) Go(Tensor x, Tensor h)</c>, of an LSTM with c too, takes the states to begin with and gives
/// those after the last step: [units] each, or [layers · directions, units].
/// </remarks>
public abstract class RecurrentAttribute : LayerAttribute
{
    /// <summary>A layer with a state of this size.</summary>
    /// <param name="units">The size of the state; left out, the size of a step's input.</param>
    private protected RecurrentAttribute(int units) => Units = units;

    /// <summary>The size of the state; left out, the size of a step's input.</summary>
    public int Units { get; }

    /// <summary>How many such layers, each on the states of the one before it.</summary>
    public int Layers { get; set; } = 1;

    /// <summary>Whether as many layers go through the sequence from its end; the output has both states, one after the other.</summary>
    public bool Bidirectional { get; set; }

    /// <summary>Every state of the last layer, or the one after the last step.</summary>
    public States Output { get; set; }

    /// <summary>The share of values set to zero between layers while training, as <see cref="DropoutAttribute"/> does.</summary>
    public float Dropout { get; set; }
}

/// <summary>
/// h = tanh(W x + b + V h' + d), h' the state one step earlier. Parameters: weight_ih_l0 [units, n], weight_hh_l0 [units, units],
/// bias_ih_l0, bias_hh_l0 [units], then those of the way back (_l0_reverse) and of further layers. PyTorch: <c>nn.RNN</c>.
/// </summary>
/// <param name="units">The size of the state; left out, the size of a step's input.</param>
public sealed class RnnAttribute(int units = 0) : RecurrentAttribute(units)
{
    /// <summary>max(0, ·) instead of tanh.</summary>
    public bool Relu { get; set; }
}

/// <summary>
/// A gated recurrent unit: h = n + z (h' − n) with r, z = σ(W x + b + V h' + d) and n = tanh(W x + b + r (V h' + d)), h' the state
/// one step earlier. Parameters as <see cref="RnnAttribute"/> has them, for r, z and n one below the other. PyTorch: <c>nn.GRU</c>.
/// </summary>
/// <param name="units">The size of the state; left out, the size of a step's input.</param>
public sealed class GruAttribute(int units = 0) : RecurrentAttribute(units);

/// <summary>
/// Long short-term memory: c = σ(f) c' + σ(i) tanh(g), h = σ(o) tanh(c) with i, f, g, o = W x + b + V h' + d, h' and c' those
/// of one step earlier. Parameters as <see cref="RnnAttribute"/> has them, for i, f, g and o one below the other. PyTorch:
/// <c>nn.LSTM</c>.
/// </summary>
/// <param name="units">The size of the state; left out, the size of a step's input.</param>
public sealed class LstmAttribute(int units = 0) : RecurrentAttribute(units);
