using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>
/// y = scale[c] x + shift[c] for every value x of channel c. Found on the training data and applied to all data alike.
/// </summary>
/// <param name="Scale">One factor for each channel.</param>
/// <param name="Shift">One summand for each channel.</param>
/// <param name="Axis">The axis that counts channels: 0 in images [c, h, w] and vectors [n].</param>
public sealed record Normalization(ImmutableArray<float> Scale, ImmutableArray<float> Shift, int Axis = 0)
{
    /// <summary>What gives every channel of an input mean 0 and variance 1; a channel that never changes is only shifted.</summary>
    public static Normalization Of(DataSet data, int input = 0, int axis = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        var (channels, inner) = Sizes(data, input, axis);
        var sums = new double[channels];
        var squares = new double[channels];
        long number = 0;
        for (int sample = 0; sample < data.Count; sample++)
        {
            var values = data.Input(sample, input);
            number += values.Length / channels;
            for (int i = 0; i < values.Length; i++)
            {
                sums[i / inner % channels] += values[i];
            }
        }

        for (int sample = 0; sample < data.Count; sample++)
        {
            var values = data.Input(sample, input);
            for (int i = 0; i < values.Length; i++)
            {
                int channel = i / inner % channels;
                double difference = values[i] - (sums[channel] / number);
                squares[channel] += difference * difference;
            }
        }

        var scale = ImmutableArray.CreateBuilder<float>(channels);
        var shift = ImmutableArray.CreateBuilder<float>(channels);
        for (int channel = 0; channel < channels; channel++)
        {
            double factor = squares[channel] > 0 ? 1 / Math.Sqrt(squares[channel] / number) : 1;
            scale.Add((float)factor);
            shift.Add((float)(-factor * sums[channel] / number));
        }

        return new Normalization(scale.ToImmutable(), shift.ToImmutable(), axis);
    }

    /// <summary>The data with an input normalised.</summary>
    /// <exception cref="ArgumentException">The input has another number of channels.</exception>
    public DataSet Apply(DataSet data, int input = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        var (channels, inner) = Sizes(data, input, Axis);
        if (Scale.Length != channels || Shift.Length != channels)
        {
            throw new ArgumentException($"the input has {channels} channels, but there are {Scale.Length} scales and {Shift.Length} shifts", nameof(data));
        }

        return data.Map(
            (from, to) =>
            {
                for (int i = 0; i < to.Length; i++)
                {
                    int channel = i / inner % channels;
                    to[i] = (Scale[channel] * from[i]) + Shift[channel];
                }
            },
            input: input);
    }

    private static (int Channels, int Inner) Sizes(DataSet data, int input, int axis)
    {
        var shape = data.Layout.Inputs[input];
        if (axis < 0 || axis >= shape.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(axis), axis, $"an input of shape {Shapes.Text(shape)} has no such axis");
        }

        if (axis == 0 && data.Count > 0 && data.RowsOfInput(0, input) >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(axis), axis, "samples have rows of their own number along this axis");
        }

        return (shape[axis], shape.Skip(axis + 1).Aggregate(1, (n, size) => n * size));
    }
}
