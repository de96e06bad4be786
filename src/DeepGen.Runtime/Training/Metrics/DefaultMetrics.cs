using System.Collections.Immutable;

namespace DeepGen;

/// <summary>What is measured when nothing is asked for: accuracy where there are classes, MAE and RMSE where values are met.</summary>
internal static class DefaultMetrics
{
    public static ImmutableArray<Metric> Of(ImmutableArray<TargetSignature> targets, NetworkSignature signature)
    {
        var metrics = ImmutableArray.CreateBuilder<Metric>();
        for (int t = 0; t < targets.Length; t++)
        {
            var target = targets[t];
            var output = signature.Outputs[target.Output];
            if (ClassTargets.Of(target, output).Classes > 0)
            {
                metrics.Add(new Accuracy { Target = t });
            }
            else if (target.Classes == 0 && target.Length == output.Length)
            {
                if (target.Loss == ClassTargets.BinaryCrossEntropy)
                {
                    metrics.Add(new BinaryAccuracy { Target = t });
                    continue;
                }

                metrics.Add(new MeanAbsoluteError { Target = t });
                metrics.Add(new RootMeanSquaredError { Target = t });
            }
        }

        return metrics.ToImmutable();
    }
}
