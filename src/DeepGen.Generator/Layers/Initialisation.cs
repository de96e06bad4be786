using DeepGen.Generator.Check;

namespace DeepGen.Generator.Layers;

/// <summary>How the weight of a layer begins: the names and numbers are those of the attributes' enumeration.</summary>
internal enum Initial
{
    Default,
    KaimingUniform,
    KaimingNormal,
    XavierUniform,
    XavierNormal,
    Orthogonal,
    TruncatedNormal,
    Zeros,
    ByActivation,
}

/// <summary>
/// Var w = 2 / fan-in keeps the size of values through layers whose activation lets half of them pass (He et al. 2015),
/// Var w = 2 / (fan-in + fan-out) that of values and of gradients through layers that are nearly linear (Glorot and Bengio 2010).
/// A uniform within ±b has the variance b² / 3.
/// </summary>
internal static class Initialisation
{
    private const float Deviation = 0.02f;

    public static Argument Argument(string name) => Layers.Argument.Choice(name, Enum.GetNames(typeof(Initial)));

    /// <summary>What a layer says; if it says nothing, what the network says.</summary>
    public static Initial Of(LayerCall call)
    {
        var own = (Initial)call.Arguments.Whole("Init");
        Initial chosen = own == Initial.Default ? call.Scope.Initial : own;
        return chosen != Initial.ByActivation ? chosen
            : call.Activation is "Relu" or "Relu6" or "LeakyRelu" or "Elu" or "Gelu" or "Silu" or "Softplus" ? Initial.KaimingUniform
            : Initial.XavierUniform;
    }

    /// <summary>A weight of a layer with fan-in, its first axis being that of the outputs.</summary>
    public static (Initializer Kind, double Scale) Weight(Initial initial, double fanIn, int[] shape)
    {
        double fanOut = fanIn * shape[0] / shape[1];
        return initial switch
        {
            Initial.KaimingUniform => (Initializer.Uniform, Math.Sqrt(6 / fanIn)),
            Initial.KaimingNormal => (Initializer.Normal, Math.Sqrt(2 / fanIn)),
            Initial.XavierUniform => (Initializer.Uniform, Math.Sqrt(6 / (fanIn + fanOut))),
            Initial.XavierNormal => (Initializer.Normal, Math.Sqrt(2 / (fanIn + fanOut))),
            Initial.Orthogonal => (Initializer.Orthogonal, 1),
            Initial.TruncatedNormal => (Initializer.TruncatedNormal, Deviation),
            Initial.Zeros => (Initializer.Zeros, 0),
            _ => PyTorchs(fanIn),
        };
    }

    public static (Initializer Kind, double Scale) Bias(Initial initial, double fanIn) =>
        initial == Initial.Default ? PyTorchs(fanIn) : (Initializer.Zeros, 0);

    private static (Initializer, double) PyTorchs(double fanIn) => (Initializer.Uniform, 1 / Math.Sqrt(fanIn));
}
