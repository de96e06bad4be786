using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>
/// Uniform numbers in [0, 1), multiples of 2⁻²⁴: y[b, i…] is a function of a key, of the sample b and of the position of i…
/// within it, and of nothing else. The key is two whole numbers below 2²⁴. What is drawn once can so be drawn again, in any
/// order, by any thread.
/// </summary>
/// <param name="Target">The shape, samples first.</param>
/// <param name="Largest">The largest size of each axis of a sample: positions are counted as if all were as large as they can be.</param>
internal sealed record Noise(Shape Target, EquatableArray<int> Largest) : Primitive, IGradientRule, IIntervalRule
{
    public Noise(Shape target)
        : this(target, target.Skip(1).Select(s => s.Value).ToEquatable())
    {
    }

    public override string Name => "noise";

    public override string Attributes => Target.ToString();

    /// <summary>2³² divided by the golden ratio: multiples of it are spread evenly.</summary>
    private const uint Golden = 0x9E3779B9;

    /// <summary>
    /// Thirty-two bits for one element. Key and sample are mixed into two words, once a sample; an element then costs two
    /// rounds: its position, spread by the golden ratio, passes each after one of the words has been added. Every step is a
    /// bijection of 32 bits, so the positions of a sample never collide; and samples differ in both words, so that none is a
    /// shifted copy of another.
    /// </summary>
    public static uint Bits(uint key0, uint key1, uint sample, uint position)
    {
        (uint first, uint second) = Words(key0, key1, sample);
        return Element(first, second, position);
    }

    /// <summary>What is the same for all elements of a sample.</summary>
    public static (uint First, uint Second) Words(uint key0, uint key1, uint sample)
    {
        uint first = Rounds(unchecked(Rounds(unchecked((sample * Golden) + key0), 0) + key1), 0);
        return (first, Rounds(first, Golden));
    }

    public static uint Element(uint first, uint second, uint position) => Rounds(unchecked((position * Golden) + first), second);

    /// <summary>Bits as a number: the upper 24 of them are exact in float32.</summary>
    public static double Uniform(uint bits) => (bits >> 8) / 16777216.0;

    // Multipliers and shifts of "lowbias32", C. Wellons' search for the 32-bit mixer of the least avalanche bias.
    private static uint Rounds(uint x, uint between)
    {
        x = unchecked((x ^ (x >> 16)) * 0x7FEB352D);
        x = unchecked(((x ^ (x >> 15)) + between) * 0x846CA68B);
        return x ^ (x >> 16);
    }

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Floats(this, inputs);
        Shape key = Typing.Single(this, inputs);
        Typing.Require(key.Equals(Shape.Of(2)), this, $"takes a key of two numbers, not {key}");
        Typing.Require(Target.Rank > 0 && Target.Skip(1).All(s => !s.IsBatch), this, $"cannot number the samples of {Target}");
        return ImmutableArray.Create(TensorType.Float(Target));
    }

    public override Primitive Bind(IReadOnlyDictionary<string, int> sizes) => this with { Target = Target.Bind(sizes) };

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        (uint key0, uint key1) = ((uint)inputs[0].Values[0], (uint)inputs[0].Values[1]);
        var shape = Target.Select(s => s.Value).ToImmutableArray();
        double[] y = new double[Indexing.Length(shape)];
        for (int i = 0; i < y.Length; i++)
        {
            (int rest, int position, int stride) = (i, 0, 1);
            for (int axis = shape.Length - 1; axis > 0; axis--)
            {
                position += rest % shape[axis] * stride;
                (rest, stride) = (rest / shape[axis], stride * Largest[axis - 1]);
            }

            y[i] = Uniform(Bits(key0, key1, (uint)rest, (uint)position));
        }

        return ImmutableArray.Create(new DenseTensor(shape, y));
    }

    public bool Carries(int operand) => false;

    public Node? Pull(Node y, int operand, Node dy, GradientBuilder g) => null;

    public Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g) => null;

    // Of a key that is known the numbers are known; otherwise they are what such numbers always are.
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        Node y = b.Add(this, x[0].Lower);
        return x[0].IsPoint ? new Bounds(y) : new Bounds(b.Filled(0, y), b.Filled(1, y));
    }
}
