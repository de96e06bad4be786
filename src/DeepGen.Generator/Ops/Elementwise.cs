using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y[i] = f(a[i], b[i], c[i]): operands and result have one shape.</summary>
internal abstract record Elementwise : Primitive, IGradientRule
{
    public abstract int Arity { get; }

    /// <summary>Whether the result is never smaller for a larger operand, and not a number only where that is not.</summary>
    public virtual bool IsIncreasing => false;

    /// <summary>The meaning in double precision, written apart from <see cref="Body"/> so that a test can compare them.</summary>
    public abstract double Apply(double a, double b, double c);

    /// <summary>What the emitted code does to a lane.</summary>
    public abstract Scalar Body(ImmutableArray<Scalar> x);

    /// <summary>∂y/∂x for one operand, of the operands and of y itself, element by element; null if it is zero everywhere.</summary>
    public abstract Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g);

    public virtual bool Carries(int operand) => true;

    public virtual Node? Pull(Node y, int operand, Node dy, GradientBuilder g) =>
        Partial(operand, y.Inputs, y, g) is { } partial ? g.Times(dy, partial) : null;

    public virtual Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g)
    {
        Node? sum = null;
        for (int i = 0; i < dx.Length; i++)
        {
            if (dx[i] is { } d && Partial(i, y.Inputs, y, g) is { } partial)
            {
                sum = g.Total(sum, g.Times(d, partial));
            }
        }

        return sum;
    }

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, Arity);
        Typing.Floats(this, inputs);
        Typing.Require(inputs.All(t => t.Equals(inputs[0])), this, "takes operands of one shape, not " + string.Join(", ", inputs));
        return ImmutableArray.Create(inputs[0]);
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        double[] a = inputs[0].Values;
        double[] b = Arity > 1 ? inputs[1].Values : a;
        double[] c = Arity > 2 ? inputs[2].Values : a;
        double[] y = new double[a.Length];
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Apply(a[i], b[i], c[i]);
        }

        return ImmutableArray.Create(new DenseTensor(inputs[0].Shape, y));
    }
}
