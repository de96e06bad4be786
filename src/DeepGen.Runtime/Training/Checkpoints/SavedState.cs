using System.Globalization;
using DeepGen.Checkpoints;

namespace DeepGen;

/// <summary>
/// Named numbers, texts and arrays of a checkpoint; what is put in comes out with the same bits. Names are those of one part of
/// the training, and meet no others.
/// </summary>
public sealed class SavedState
{
    private readonly Dictionary<string, string> _texts;
    private readonly Dictionary<string, TensorToWrite> _outgoing;
    private readonly Dictionary<string, Array> _arrays;
    private readonly string _prefix;

    internal SavedState()
        : this(new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal), CheckpointFit.TrainingPrefix)
    {
    }

    private SavedState(
        Dictionary<string, string> texts, Dictionary<string, TensorToWrite> outgoing, Dictionary<string, Array> arrays, string prefix) =>
        (_texts, _outgoing, _arrays, _prefix) = (texts, outgoing, arrays, prefix);

    /// <summary>The texts with their whole names.</summary>
    internal Dictionary<string, string> Texts => _texts;

    /// <summary>The arrays to be written: longer numbers first, so that all of them lie at multiples of their size.</summary>
    internal IEnumerable<TensorToWrite> Tensors => _outgoing.Values.OrderByDescending(t => t.Type, StringComparer.Ordinal);

    /// <summary>The arrays that were read, with their whole names.</summary>
    internal Dictionary<string, Array> Arrays => _arrays;

    /// <summary>Puts a text in.</summary>
    public void Put(string name, string text) => _texts[_prefix + name] = text;

    /// <summary>Puts an integer in.</summary>
    public void Put(string name, long value) => Put(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Puts a number in.</summary>
    public void Put(string name, double value) => Put(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Puts an array in. It is read when the file is written, which happens before the call returns that asked for it.</summary>
    public void Put(string name, float[] values) => _outgoing[_prefix + name] = TensorToWrite.Of(_prefix + name, values);

    /// <summary>Puts an array in. It is read when the file is written, which happens before the call returns that asked for it.</summary>
    public void Put(string name, double[] values) => _outgoing[_prefix + name] = TensorToWrite.Of(_prefix + name, values);

    internal void Put(string name, long[] shape, TensorData data) => _outgoing[_prefix + name] = new(_prefix + name, "F32", shape, data);

    /// <summary>Whether a number, a text or an array of this name is there.</summary>
    public bool Has(string name) => _texts.ContainsKey(_prefix + name) || _arrays.ContainsKey(_prefix + name);

    /// <summary>A text.</summary>
    /// <exception cref="CheckpointException">There is none of that name.</exception>
    public string Text(string name) => _texts.TryGetValue(_prefix + name, out var text) ? text : throw Missing(name, "text");

    /// <summary>An integer.</summary>
    /// <exception cref="CheckpointException">There is none of that name.</exception>
    public long Integer(string name) =>
        long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : throw Missing(name, "integer");

    /// <summary>A number.</summary>
    /// <exception cref="CheckpointException">There is none of that name.</exception>
    public double Number(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Missing(name, "number");

    /// <summary>An array of float32.</summary>
    /// <exception cref="CheckpointException">There is none of that name.</exception>
    public float[] Values(string name) => Find<float>(name, null);

    /// <summary>An array of float64.</summary>
    /// <exception cref="CheckpointException">There is none of that name.</exception>
    public double[] Numbers(string name) => Find<double>(name, null);

    /// <summary>An array of a length that is known.</summary>
    internal T[] Find<T>(string name, int? length)
    {
        if (!_arrays.TryGetValue(_prefix + name, out var array) || array is not T[] values)
        {
            throw Missing(name, $"array of {typeof(T).Name}");
        }

        return length is null || values.Length == length
            ? values
            : throw new CheckpointException($"'{_prefix}{name}' has {values.Length} numbers, expected {length}");
    }

    /// <summary>The part of all names that begins with this one.</summary>
    internal SavedState Within(string part) => new(_texts, _outgoing, _arrays, $"{_prefix}{part}/");

    private CheckpointException Missing(string name, string kind) => new($"it has no {kind} '{_prefix}{name}'");
}
