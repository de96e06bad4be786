namespace DeepGen.Learning.Networks;

/// <summary>The sum of the two numbers that are marked among a hundred.</summary>
[Network, Input(AddingProblem.Steps, 2)]
[Lstm(64, Output = States.Last), Dense(1)]
[Train(Loss.MeanSquaredError)]
public sealed partial class Adding;
