using System.Collections.Immutable;

namespace DeepGen.Generator.Ops;

/// <summary>Row-major positions: the element at coordinates c lies at start + Σ cᵢ·strideᵢ.</summary>
internal static class Indexing
{
    public static int Length(ImmutableArray<int> shape) => shape.Aggregate(1, (n, s) => checked(n * s));

    public static int[] Strides(ImmutableArray<int> shape)
    {
        int[] strides = new int[shape.Length];
        for (int axis = shape.Length - 1, stride = 1; axis >= 0; stride *= shape[axis--])
        {
            strides[axis] = stride;
        }

        return strides;
    }

    /// <summary>The position of every element of <paramref name="shape"/>, in row-major order.</summary>
    public static int[] Positions(ImmutableArray<int> shape, int start, int[] strides)
    {
        int[] positions = new int[Length(shape)];
        int[] at = new int[shape.Length];
        int position = start;
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = position;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                position += strides[axis];
                if (++at[axis] < shape[axis])
                {
                    break;
                }

                position -= at[axis] * strides[axis];
                at[axis] = 0;
            }
        }

        return positions;
    }

    /// <summary>The tensor whose elements are picked from <paramref name="values"/> at those positions.</summary>
    public static double[] Pick(double[] values, int[] positions)
    {
        double[] result = new double[positions.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = values[positions[i]];
        }

        return result;
    }

    /// <summary>Writes <paramref name="values"/> to those positions of <paramref name="target"/>.</summary>
    public static void Place(double[] values, double[] target, int[] positions)
    {
        for (int i = 0; i < values.Length; i++)
        {
            target[positions[i]] = values[i];
        }
    }
}
