namespace DeepGen;

/// <summary>Something the compiler should write besides <c>Predict</c>. A class pays only for what it asks.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class ReadingAttribute : Attribute
{
    private protected ReadingAttribute()
    {
    }
}

/// <summary>
/// Writes <c>Trace</c>, which computes like <c>Predict</c> and gives every named value on the way: the way to look inside.
/// </summary>
public sealed class TraceAttribute : ReadingAttribute;

/// <summary>
/// Writes <c>Certify</c>: for a box of inputs, an interval for each output that contains everything <c>Predict</c> can
/// give for an input of that box, rounding included.
/// </summary>
public sealed class CertifyAttribute : ReadingAttribute;

/// <summary>
/// Writes <c>Step</c>, which takes the elements of a sequence one at a time and gives what <c>Predict</c> gives for the last of
/// all that have come, to the last bit, from that element and what was kept of those before: the state of recurrent layers, the
/// last rows of causal convolutions, keys and values of causal attention. The inputs have one size that is a name, and it is time.
/// </summary>
public sealed class StreamAttribute : ReadingAttribute;
