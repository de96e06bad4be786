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
    private Edition? _latest;

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
        get => ref (Current ?? Rebuild()).Start;
    }

    /// <summary>The weights, or null where they are still to be derived from the latest parameters.</summary>
    internal AlignedBuffer? Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref _latest) is { } edition && edition.Version == _parameters.Version ? edition : null;
    }

    /// <summary>Has them derived from the latest parameters if they are not.</summary>
    internal void Derive() => Rebuild();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Edition Rebuild()
    {
        lock (_parameters.Gate)
        {
            int version = _parameters.Version;
            if (_latest is { } edition && edition.Version == version)
            {
                return edition;
            }

            edition = new Edition(version, _length);
            _body(ref _parameters.Start, ref edition.Start);
            Volatile.Write(ref _latest, edition);
            return edition;
        }
    }

    private sealed class Edition(int version, int length) : AlignedBuffer(length)
    {
        public int Version => version;
    }
}
