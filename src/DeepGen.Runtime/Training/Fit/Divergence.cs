using System.Globalization;

namespace DeepGen;

/// <summary>Where a loss that is no finite number came from: data, weights, or the first value of the trace that is none either.</summary>
internal static class Divergence
{
    public static TrainingDivergedException OfLoss(Subject subject, TrainingRun run, Batch batch, float loss)
    {
        var (place, words) = Find(subject, batch);
        return Error(run, $"the loss is {Text(loss)}: {words}", place);
    }

    public static TrainingDivergedException OfStep(TrainingRun run, NotFiniteNumberException cause) =>
        Error(run, cause.Message, null, cause);

    /// <summary>A weight that must not get into a checkpoint; null if all are finite.</summary>
    public static TrainingDivergedException? OfWeights(TrainingRun run, ParameterSet parameters) =>
        BadParameter(parameters, _ => true) is { } bad ? Error(run, $"after the last step {bad.Words}", bad.Place) : null;

    private static TrainingDivergedException Error(TrainingRun run, string what, string? place, Exception? cause = null)
    {
        string saved = run.LastCheckpoint is { } path
            ? $"the last good checkpoint is '{path}'"
            : $"there is no checkpoint from before; {nameof(FitOptions)}.{nameof(FitOptions.Checkpoint)} asks for them";
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"the training diverged at step {run.Step} in epoch {run.Epoch}: {what}. A smaller learning rate or the optimiser's ClipNorm often helps; {saved}");
        return new TrainingDivergedException(message, cause!) { Step = run.Step, Place = place, Checkpoint = run.LastCheckpoint };
    }

    private static (string? Place, string Words) Find(Subject subject, Batch batch)
    {
        for (int i = 0; i < batch.Inputs.Length; i++)
        {
            if (Bad(batch.Inputs[i].Span) is >= 0 and var at)
            {
                return Data($"input '{subject.Signature.Inputs[i].Name}'", batch.Inputs[i].Span, at, batch.Count);
            }
        }

        for (int t = 0; t < batch.Targets.Length; t++)
        {
            if (Bad(batch.Targets[t].Values.Span, subject.Targets[t].IsMasked) is >= 0 and var at)
            {
                return Data($"target '{subject.Targets[t].Name}'", batch.Targets[t].Values.Span, at, batch.Count);
            }
        }

        // Running statistics took part in the failed step: what they hold is its consequence.
        if (BadParameter(subject.Network.Parameters, p => p.Trainable) is { } bad)
        {
            return bad;
        }

        if (subject.Network is not ITraceable traceable)
        {
            return (null, $"inputs and weights are finite; with [Trace] on {subject.Signature.Name} this message would name the layer");
        }

        foreach (var tensor in traceable.Trace(batch))
        {
            if (Bad(tensor.Values) is >= 0 and var at)
            {
                return (tensor.Name, $"the first value that is not finite is '{tensor.Name}', {Text(tensor.Values[at])} for sample {at / (tensor.Values.Length / batch.Count)} of the batch");
            }
        }

        return (null, "every value that the trace shows is finite, so it is the loss itself that is not");
    }

    private static (string Place, string Words) Data(string place, ReadOnlySpan<float> values, int at, int count) =>
        (place, $"{place} of sample {at / (values.Length / count)} of the batch is {Text(values[at])} at index {at % (values.Length / count)}");

    private static (string Place, string Words)? BadParameter(ParameterSet parameters, Func<Parameter, bool> counts)
    {
        foreach (var parameter in parameters)
        {
            if (counts(parameter) && Bad(parameter.Values) is >= 0 and var at)
            {
                return ($"parameter '{parameter.Name}'", $"the parameter '{parameter.Name}' is {Text(parameter.Values[at])} at index {at}");
            }
        }

        return null;
    }

    private static int Bad(ReadOnlySpan<float> values, bool mayBeNaN = false)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]) && !(mayBeNaN && float.IsNaN(values[i])))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Text(float value) => float.IsNaN(value) ? "NaN" : value > 0 ? "infinite" : "minus infinite";
}
