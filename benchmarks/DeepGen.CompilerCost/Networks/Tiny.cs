namespace Networks;

[Network, Input(4)]
[Dense(16), Tanh, Dense(16), Tanh, Dense(2)]
public sealed partial class Tiny;
