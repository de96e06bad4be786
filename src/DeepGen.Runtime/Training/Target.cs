namespace DeepGen;

/// <summary>What one loss compares an output with: the number of a class for every sample, or values.</summary>
public readonly struct Target
{
    /// <summary>One class a sample.</summary>
    public Target(ReadOnlyMemory<int> classes)
    {
        Classes = classes;
        IsClasses = true;
    }

    /// <summary>Values, samples one after another.</summary>
    public Target(ReadOnlyMemory<float> values) => Values = values;

    /// <summary>Whether these are numbers of classes.</summary>
    public bool IsClasses { get; }

    /// <summary>The classes; empty if there are values.</summary>
    public ReadOnlyMemory<int> Classes { get; }

    /// <summary>The values; empty if there are classes.</summary>
    public ReadOnlyMemory<float> Values { get; }
}
