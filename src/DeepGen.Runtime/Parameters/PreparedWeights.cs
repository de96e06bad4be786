using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>Derives the weights in the kernels' order from the parameters.</summary>
/// <param name="parameters">The first number of <see cref="ParameterSet.Start"/>.</param>
/// <param name="prepared">The first number of a zeroed buffer.</param>
public delegate void PrepareBody(ref float parameters, ref float prepared);

/// <summary>
/// Weights derived from the parameters, always those of the latest version. They are never changed once published: a new
/// version is built beside them, so a prediction under way keeps the ones it began with.
/// </summary>
public sealed class PreparedWeights
{
    private readonly ParameterSet _parameters;
    private readonly int _length;
    private readonly PrepareBody _body;
    private Edition? _current;

    /// <summary>Called by generated code; nothing is derived before the first use.</summary>
    /// <param name="parameters">What the weights are derived from.</param>
    /// <param name="length">How many floats they take.</param>
    /// <param name="body">How they are derived.</param>
    public PreparedWeights(ParameterSet parameters, int length, PrepareBody body)
    {
        _parameters = parameters;
        _length = length;
        _body = body;
        parameters.Prepared = this;
    }

    /// <summary>The first weight, at a multiple of 64 bytes; the reference itself keeps the memory alive.</summary>
    public ref float Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var edition = Volatile.Read(ref _current);
            return ref (edition is not null && edition.Version == _parameters.Version ? edition : Rebuild()).Weights.Start;
        }
    }

    /// <summary>Has them derived from the latest parameters if they are not.</summary>
    internal void Derive() => Rebuild();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Edition Rebuild()
    {
        lock (_parameters.Gate)
        {
            int version = _parameters.Version;
            if (_current is { } edition && edition.Version == version)
            {
                return edition;
            }

            var weights = new AlignedBuffer(_length);
            _body(ref _parameters.Start, ref weights.Start);
            edition = new Edition(version, weights);
            Volatile.Write(ref _current, edition);
            return edition;
        }
    }

    private sealed record Edition(int Version, AlignedBuffer Weights);
}
