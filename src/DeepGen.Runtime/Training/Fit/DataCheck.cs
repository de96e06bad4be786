using DeepGen.Data;

namespace DeepGen;

/// <summary>
/// Whether data fit a network, asked before the first step: what every sample has, and the labels of all samples in memory. Those
/// of a stream are looked at batch by batch.
/// </summary>
internal static class DataCheck
{
    /// <returns>The data, in which samples with rows of their own number have room for as many as the network takes.</returns>
    /// <exception cref="ArgumentException">They do not fit, or there are none.</exception>
    public static IDataSource Fitted(Subject subject, IDataSource data, string what)
    {
        if (data.Count == 0)
        {
            throw new ArgumentException($"the {what} are empty");
        }

        var set = data as DataSet;
        GraphCheck.Check(subject, set, what);
        data = set is null ? data : RowCheck.Padded(subject, set, what);
        var (inputs, targets) = (subject.Signature.Inputs, subject.Targets);
        var layout = data.Layout;
        Expect(layout.Inputs.Length == inputs.Length, subject, what, $"a sample has {layout.Inputs.Length} inputs", $"{inputs.Length}");
        for (int i = 0; i < inputs.Length; i++)
        {
            int length = layout.Inputs[i].Aggregate(1, (n, size) => n * size);
            Expect(
                length == inputs[i].Length,
                subject,
                what,
                $"input {i} of a sample has the shape {Shapes.Text(layout.Inputs[i])}, {length} values",
                $"{Shapes.Text(inputs[i].Shape)}, {inputs[i].Length} values, for '{inputs[i].Name}'");
        }

        Expect(layout.Targets.Length == targets.Length, subject, what, $"a sample has {layout.Targets.Length} targets", $"{targets.Length}");
        for (int t = 0; t < targets.Length; t++)
        {
            CheckTarget(subject, layout.Targets[t], t, what);
            if (layout.Targets[t].IsClass && set is not null)
            {
                CheckLabels(subject, (DataSet)data, t, what);
            }
        }

        return data;
    }

    private static void CheckTarget(Subject subject, TargetLayout given, int index, string what)
    {
        var target = subject.Targets[index];
        int length = given.Shape.Aggregate(1, (n, size) => n * size);
        bool classes = target.Classes > 0;
        Expect(
            classes ? given.IsClass : !given.IsClass && length == target.Length,
            subject,
            what,
            $"target {index} of a sample is {(given.IsClass ? "a class" : $"of shape {Shapes.Text(given.Shape)}, {length} values")}",
            (classes ? $"a class from 0 to {target.Classes - 1}" : $"{Shapes.Text(target.Shape)}, {target.Length} values") + $" for '{target.Name}' of {target.Loss}");
    }

    private static void CheckLabels(Subject subject, DataSet data, int index, string what)
    {
        var target = subject.Targets[index];
        for (int i = 0; i < data.Count; i++)
        {
            foreach (int label in data.Classes(i, index))
            {
                if (label < target.LeastClass || label >= target.Classes)
                {
                    throw new ArgumentException(
                        $"sample {i} of the {what} has the label {label}, but '{target.Name}' of {subject.Signature.Name} has {target.Classes} classes, {target.LeastClass} to {target.Classes - 1}");
                }
            }
        }
    }

    private static void Expect(bool condition, Subject subject, string what, string found, string expected)
    {
        if (!condition)
        {
            throw new ArgumentException($"the {what} do not fit {subject.Signature.Name}: {found}, expected {expected}");
        }
    }
}
