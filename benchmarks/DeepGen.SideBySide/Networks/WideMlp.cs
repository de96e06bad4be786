namespace DeepGen.SideBySide.Networks;

/// <summary>W8: wide layers, where little counts but the products.</summary>
[Network, Input(1024)]
[Dense(1024), Relu, Dense(1024), Relu, Dense(1024), Relu, Dense(1024), Relu]
[Train(Loss.MeanSquaredError)]
public sealed partial class WideMlp;
