namespace DeepGen.SideBySide.Networks;

/// <summary>W9: as small as the policy of a pole that is to be balanced, where the call itself counts.</summary>
[Network, Input(4)]
[Dense(16), Tanh, Dense(16), Tanh, Dense(2)]
public sealed partial class TinyMlp;
