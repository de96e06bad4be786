namespace DeepGen;

/// <summary>Settings of some parameters of an optimiser.</summary>
/// <param name="Description">Which, for messages.</param>
/// <param name="Fits">Which.</param>
/// <param name="WeightDecay">Their weight decay; null is that of the optimiser.</param>
/// <param name="RateFactor">What the learning rate is multiplied with.</param>
/// <param name="MustFit">Whether it is a mistake if there are none.</param>
internal sealed record ParameterGroup(string Description, Func<Parameter, bool> Fits, double? WeightDecay, double RateFactor, bool MustFit);
