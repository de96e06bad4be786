using System.Globalization;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>One number for each number of a <see cref="ParameterSet"/>, in the same places; zero where nothing is trained.</summary>
public sealed class GradientSet
{
    private readonly ParameterSet _parameters;
    private readonly AlignedBuffer _storage;
    private bool _areKept = true;

    /// <summary>Zeros.</summary>
    public GradientSet(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
        _storage = new AlignedBuffer(parameters.Storage.Length);
    }

    /// <summary>The gradient of a parameter, in its shape and order.</summary>
    /// <exception cref="KeyNotFoundException">There is no parameter of that name; the message lists similar ones.</exception>
    /// <exception cref="InvalidOperationException">The last step was one of Learn, which kept no gradients.</exception>
    public Span<float> this[string parameter] => Of(_parameters[parameter]);

    /// <summary>The gradient of a parameter, in its shape and order.</summary>
    /// <exception cref="InvalidOperationException">The last step was one of Learn, which kept no gradients.</exception>
    public Span<float> Of(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Destination(Storage);
    }

    /// <summary>All numbers, laid out as the parameters are: each slab begins at a multiple of sixteen.</summary>
    internal Span<float> Storage => Memory.Span;

    internal AlignedBuffer Memory => _areKept ? _storage : throw new InvalidOperationException(
        "Learn has changed parameters as soon as their gradients were known, and kept none; to have them, call Gradients and then Step, which give the same numbers");

    /// <summary>Makes all zero.</summary>
    public void Clear() => Renew().Clear();

    /// <summary>All numbers, to be written anew.</summary>
    internal Span<float> Renew()
    {
        _areKept = true;
        return _storage.Span;
    }

    /// <summary>They have done their work, and the place of some may hold others.</summary>
    internal void Forget() => _areKept = false;

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
