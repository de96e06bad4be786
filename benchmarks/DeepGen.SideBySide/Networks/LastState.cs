namespace DeepGen.SideBySide.Networks;

/// <summary>W4: a classifier of sequences, 64 steps of 32 numbers.</summary>
[Network, Input(64, 32)]
[Lstm(128, Output = States.Last), Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class LastState;
