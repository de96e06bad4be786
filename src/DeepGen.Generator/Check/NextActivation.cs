using DeepGen.Generator.Declare;

namespace DeepGen.Generator.Check;

/// <summary>
/// The activation that a layer's values come to next: through normalisation, pooling and what only moves or drops values, to the
/// first user of each. Null at the end of the module, and where anything else is done with the values before.
/// </summary>
internal static class NextActivation
{
    private static readonly HashSet<string> PassedThrough =
    [
        "BatchNorm", "LayerNorm", "GroupNorm", "InstanceNorm", "Dropout", "MaxPool2D", "AveragePool2D", "MaxPool1D", "AveragePool1D",
        "GlobalAveragePool", "Upsample2D", "PixelShuffle", "Pad2D", "Pad1D", "Flatten", "Reshape", "Transpose",
    ];

    private static readonly HashSet<string> Activations =
    [
        "Relu", "Relu6", "LeakyRelu", "Elu", "Gelu", "Silu", "Sigmoid", "Tanh", "Softplus", "HardTanh", "Softmax", "LogSoftmax",
    ];

    /// <summary>After the member's first call: a shared layer has one weight, which begins in one way.</summary>
    public static string? After(ModuleSpec module, MemberSpec member)
    {
        int at = module.Steps.Items.ToList().FindIndex(s => s.Kind == StepKind.Call && module.Members[s.Index] == member);
        while (true)
        {
            int user = module.Steps.Items.ToList().FindIndex(at + 1, s => s.Operands.Contains(at));
            if (user < 0)
            {
                return null;
            }

            StepSpec step = module.Steps[user];
            string kind = step.Kind == StepKind.Call ? module.Members[step.Index].Layer.Kind : step.Name;
            if (!PassedThrough.Contains(kind))
            {
                return Activations.Contains(kind) ? kind : null;
            }

            at = user;
        }
    }
}
