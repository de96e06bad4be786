namespace DeepGen.Resume.Tests;

/// <summary>Everything that a step could forget: running statistics, masks, an optimiser's memory.</summary>
[Network, Input(1, 8, 8)]
[Conv2D(8, 3, Padding = 1), BatchNorm, Relu, MaxPool2D(2)]
[Flatten, Dense(32), Relu, Dropout(0.2f), Dense(4)]
[Train(Loss.CrossEntropy)]
public sealed partial class SmallNetwork;
