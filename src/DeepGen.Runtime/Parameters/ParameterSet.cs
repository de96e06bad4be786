using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using DeepGen.Checkpoints;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// All parameters of one network, in one buffer that never moves: each declaration starts at a multiple of sixteen floats and
/// holds its copies one after another.
/// </summary>
public sealed class ParameterSet : IReadOnlyList<Parameter>
{
    private const int Granule = 16;

    private readonly Parameter[] _parameters;
    private readonly Dictionary<string, Parameter> _byName;
    private AlignedBuffer? _storage;
    private int _version;

    /// <summary>Called by generated code.</summary>
    /// <param name="declarations">What there is.</param>
    /// <param name="seed">The seed of the initial values, which are the same on every machine.</param>
    public ParameterSet(ParameterDeclaration[] declarations, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(declarations);
        var offsets = new int[declarations.Length + 1];
        for (int i = 0; i < declarations.Length; i++)
        {
            offsets[i + 1] = checked(offsets[i] + declarations[i].Length + Granule - 1) / Granule * Granule;
        }

        var storage = _storage = new AlignedBuffer(offsets[^1]);
        var shapes = Array.ConvertAll(declarations, d => ImmutableArray.Create(d.Shape));
        _parameters = ParameterNames.Expand(declarations)
            .Select(copy =>
            {
                ref readonly var declared = ref declarations[copy.Declaration];
                int length = declared.CopyLength;
                int offset = offsets[copy.Declaration] + (copy.Index * length);
                InitialValues.Fill(storage.Span.Slice(offset, length), declared.Shape.FirstOrDefault(1), declared.Kind, declared.Scale, new CounterRandom(seed, copy.Name));
                return new Parameter(this, copy.Name, shapes[copy.Declaration], offset, length, declared.Trainable);
            })
            .ToArray();
        _byName = _parameters.ToDictionary(p => p.Name, StringComparer.Ordinal);
    }

    /// <summary>How many parameters there are.</summary>
    public int Count => _parameters.Length;

    /// <summary>Whether <see cref="Release"/> has given the numbers back.</summary>
    public bool IsReleased => Volatile.Read(ref _storage) is null;

    /// <summary>The first number of the whole buffer; for generated code.</summary>
    public ref float Start => ref Memory.Start;

    /// <summary>Grows with every write or load, so that what was derived from the numbers can be derived anew.</summary>
    public int Version
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref _version);
    }

    internal ReadOnlySpan<float> Storage => Memory.Span;

    /// <summary>All numbers, to be changed by whoever trains them; <see cref="Changed"/> must follow.</summary>
    internal Span<float> Mutable => Memory.Span;

    internal AlignedBuffer Memory => Volatile.Read(ref _storage) ?? throw new InvalidOperationException(
        "the parameters' numbers were given back by Release: this network predicts, and nothing else. To read, save, load or train parameters, make another one.");

    /// <summary>What predictions read, which is derived from the numbers.</summary>
    internal PreparedWeights? Prepared { get; set; }

    /// <summary>Held while numbers change, and while others are derived from them.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>A parameter by position, in PyTorch's order.</summary>
    public Parameter this[int index] => _parameters[index];

    /// <summary>A parameter by its dotted name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists similar ones.</exception>
    public Parameter this[string name] =>
        TryGet(name, out var parameter) ? parameter : throw new KeyNotFoundException(SimilarNames.Explain(name, _byName.Keys));

    /// <summary>Finds a parameter by its dotted name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Parameter? parameter) => _byName.TryGetValue(name, out parameter);

    /// <summary>
    /// Gives back the memory of the numbers, for good. What predictions, steps of a stream and bounds read is derived from them first, and
    /// stays; it is half as large as the numbers where weights are kept as bfloat16. Nothing else is left to read, save, load or train.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing is derived from them: the network was written by hand.</exception>
    public void Release()
    {
        lock (Gate)
        {
            var prepared = Prepared ?? throw new InvalidOperationException("nothing is derived from these parameters that a prediction could do with alone: the network was not compiled.");
            if (!IsReleased)
            {
                prepared.Derive();
                Volatile.Write(ref _storage, null);
            }
        }
    }

    /// <summary>Saves all parameters as a safetensors file, replacing an older one only when the new one is complete.</summary>
    public void Save(string path) => CheckpointFile.Save(path, this);

    /// <summary>Writes all parameters to a stream as safetensors: equal numbers give equal bytes.</summary>
    public void Save(Stream destination) => SafetensorsWriter.Write(destination, this);

    /// <summary>
    /// Loads all parameters from a safetensors file, from the index of several (<c>model.safetensors.index.json</c>), or from a folder with
    /// either; nothing is changed unless every tensor fits.
    /// </summary>
    /// <exception cref="CheckpointException">A file is damaged or holds other tensors.</exception>
    public void Load(string path) => CheckpointFile.Load(path, this, CheckpointFile.Unchanged);

    /// <summary>Loads all parameters from a checkpoint with other names and layouts; nothing is changed unless every tensor fits.</summary>
    /// <param name="path">A safetensors file, the index of several, or a folder with either.</param>
    /// <param name="map">Which tensor becomes which parameter.</param>
    /// <exception cref="CheckpointException">A file is damaged, or its tensors are not what the map and the network ask for.</exception>
    public void Load(string path, CheckpointMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        CheckpointFile.Load(path, this, (source, parameters) => new CheckpointPlan(source, parameters, map).Moves);
    }

    /// <summary>Loads all parameters from a stream in safetensors format; nothing is changed unless every tensor fits.</summary>
    /// <exception cref="CheckpointException">The data are damaged or hold other tensors.</exception>
    public void Load(Stream source) => CheckpointFile.Load(source, this);

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => ((IEnumerable<Parameter>)_parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Says that numbers were changed in place.</summary>
    internal void Changed() => Interlocked.Increment(ref _version);

    internal void Write(int offset, ReadOnlySpan<float> values)
    {
        lock (Gate)
        {
            values.CopyTo(Mutable[offset..]);
            Interlocked.Increment(ref _version);
        }
    }

    /// <summary>Replaces the numbers of every parameter, given in order, as one change.</summary>
    internal void WriteAll(float[][] values)
    {
        lock (Gate)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i].CopyTo(_parameters[i].Destination(Mutable));
            }

            Interlocked.Increment(ref _version);
        }
    }
}
