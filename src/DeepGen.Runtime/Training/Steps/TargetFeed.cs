using System.Collections.Immutable;

namespace DeepGen.Runtime;

/// <summary>Targets, checked before anything is computed; classes become floats, which is what the compiled losses read.</summary>
internal sealed class TargetFeed(ImmutableArray<TargetSignature> signatures)
{
    private readonly float[][] _classes = [.. signatures.Select(_ => Array.Empty<float>())];

    public ReadOnlySpan<float> Of(int index, Target target, int batch) =>
        target.IsClasses ? Of(index, target.Classes.Span, batch) : Of(index, target.Values.Span, batch);

    public ReadOnlySpan<float> Of(int index, ReadOnlySpan<int> classes, int batch)
    {
        var signature = signatures[index];
        if (signature.Classes == 0)
        {
            throw new ArgumentException($"{signature.Name} of {signature.Loss} is made of {signature.Length} values a sample, not of classes", nameof(classes));
        }

        CheckLength(signature, classes.Length, batch);
        if (_classes[index].Length < classes.Length)
        {
            _classes[index] = new float[classes.Length];
        }

        var own = _classes[index].AsSpan(0, classes.Length);
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] < signature.LeastClass || classes[i] >= signature.Classes)
            {
                ThrowNoClass(signature, classes[i], i / Math.Max(1, signature.Length));
            }

            own[i] = classes[i];
        }

        return own;
    }

    public ReadOnlySpan<float> Of(int index, ReadOnlySpan<float> values, int batch)
    {
        var signature = signatures[index];
        if (signature.Classes > 0)
        {
            throw new ArgumentException($"{signature.Name} of {signature.Loss} is one of {signature.Classes} classes a sample, not values", nameof(values));
        }

        CheckLength(signature, values.Length, batch);
        return values;
    }

    private static void CheckLength(TargetSignature signature, int length, int batch)
    {
        if (length != (long)batch * signature.Length)
        {
            throw new ArgumentException(
                $"{signature.Name} of {signature.Loss} has {length} values; {batch} samples of {signature.Length} make {(long)batch * signature.Length}");
        }
    }

    private static void ThrowNoClass(TargetSignature signature, int label, int sample) => throw new ArgumentException(
        $"{signature.Name} of {signature.Loss}: sample {sample} is of class {label}, but the classes are {signature.LeastClass} to {signature.Classes - 1}");
}
