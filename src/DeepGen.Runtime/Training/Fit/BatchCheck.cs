namespace DeepGen;

/// <summary>Whether a batch fits a network: looked at before the batch can change a weight.</summary>
internal sealed class BatchCheck
{
    private readonly Subject _subject;
    private readonly int[] _inputLengths;
    private readonly int[] _targetLengths;

    public BatchCheck(Subject subject)
    {
        _subject = subject;
        _inputLengths = [.. subject.Signature.Inputs.Select(i => i.Length)];
        _targetLengths = [.. subject.Targets.Select(t => t.Length)];
    }

    /// <param name="batch">What is looked at.</param>
    /// <param name="numbers">Which samples it has, for messages.</param>
    /// <exception cref="ArgumentException">It does not fit.</exception>
    public void Check(Batch batch, ReadOnlySpan<long> numbers)
    {
        if (batch.Inputs.Length != _inputLengths.Length)
        {
            throw Misfit(numbers, $"it has {batch.Inputs.Length} inputs, but {_subject.Signature.Name} takes {_inputLengths.Length}");
        }

        for (int i = 0; i < _inputLengths.Length; i++)
        {
            CheckLength(batch, batch.Inputs[i].Length, _inputLengths[i], "input", _subject.Signature.Inputs[i].Name, numbers);
        }

        if (batch.Targets.Length != _targetLengths.Length)
        {
            throw Misfit(numbers, $"it has {batch.Targets.Length} targets, but {_subject.Signature.Name} has {_targetLengths.Length} losses");
        }

        for (int t = 0; t < _targetLengths.Length; t++)
        {
            CheckTarget(batch, t, numbers);
        }
    }

    private void CheckTarget(Batch batch, int index, ReadOnlySpan<long> numbers)
    {
        var signature = _subject.Targets[index];
        var target = batch.Targets[index];
        if (target.IsClasses != signature.Classes > 0)
        {
            throw Misfit(numbers, signature.Classes > 0
                ? $"the loss {signature.Loss} wants classes from 0 to {signature.Classes - 1} as '{signature.Name}', but was given values"
                : $"the loss {signature.Loss} wants values of shape {Shapes.Text(signature.Shape)} as '{signature.Name}', but was given classes");
        }

        if (!target.IsClasses)
        {
            CheckLength(batch, target.Values.Length, _targetLengths[index], "target", signature.Name, numbers);
            return;
        }

        CheckLength(batch, target.Classes.Length, _targetLengths[index], "target", signature.Name, numbers);
        var classes = target.Classes.Span;
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] < signature.LeastClass || classes[i] >= signature.Classes)
            {
                throw Misfit(numbers, $"sample {numbers[i / _targetLengths[index]]} has the label {classes[i]}, but '{signature.Name}' has {signature.Classes} classes, {signature.LeastClass} to {signature.Classes - 1}");
            }
        }
    }

    private void CheckLength(Batch batch, int length, int each, string kind, string name, ReadOnlySpan<long> numbers)
    {
        if (length != (long)batch.Count * each)
        {
            throw Misfit(numbers, $"its {kind} '{name}' has {length} numbers; {batch.Count} samples of {each} make {(long)batch.Count * each}");
        }
    }

    private ArgumentException Misfit(ReadOnlySpan<long> numbers, string what) =>
        new($"the batch that begins with sample {(numbers.IsEmpty ? 0 : numbers[0])} does not fit {_subject.Signature.Name}: {what}");
}
