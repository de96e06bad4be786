using System.Globalization;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>One number for each number of a <see cref="ParameterSet"/>, in the same places; zero where nothing is trained.</summary>
public sealed class GradientSet
{
    private readonly ParameterSet _parameters;
    private readonly AlignedBuffer _storage;

    /// <summary>Zeros.</summary>
    public GradientSet(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
        _storage = new AlignedBuffer(parameters.Storage.Length);
    }

    /// <summary>The gradient of a parameter, in its shape and order.</summary>
    /// <exception cref="KeyNotFoundException">There is no parameter of that name; the message lists similar ones.</exception>
    public Span<float> this[string parameter] => Of(_parameters[parameter]);

    /// <summary>The gradient of a parameter, in its shape and order.</summary>
    public Span<float> Of(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Destination(_storage.Span);
    }

    /// <summary>All numbers, laid out as the parameters are: each slab begins at a multiple of sixteen.</summary>
    internal Span<float> Storage => _storage.Span;

    internal ref float Start => ref _storage.Start;

    internal AlignedBuffer Memory => _storage;

    /// <summary>Makes all zero.</summary>
    public void Clear() => _storage.Span.Clear();

    /// <exception cref="ArgumentException">They belong to others.</exception>
    internal void MustBelongTo(ParameterSet parameters)
    {
        if (_parameters != parameters)
        {
            throw new ArgumentException("these gradients belong to other parameters");
        }
    }

    /// <summary>Says where the first gradient is that is NaN or infinite.</summary>
    internal string ExplainNotFinite()
    {
        foreach (var parameter in _parameters)
        {
            var values = Of(parameter);
            for (int i = 0; parameter.Trainable && i < values.Length; i++)
            {
                if (!float.IsFinite(values[i]))
                {
                    return $"the gradient of '{parameter.Name}' is {values[i].ToString(CultureInfo.InvariantCulture)} at index {i}; no parameter was changed";
                }
            }
        }

        return "the gradients are so great that their squares exceed a float; no parameter was changed";
    }
}
