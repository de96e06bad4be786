using DeepGen.Compiled.Tests.Support;
using DeepGen.Generator.Ir;

namespace DeepGen.Compiled.Tests.Streams;

/// <summary>Sequences that go through a network's Step, element by element, beside Predict of all that have come.</summary>
internal static class StreamedCalls
{
    /// <summary>The first step whose outputs are not, to the last bit, those of the sequence so far; null if all are.</summary>
    public static string? Difference(RunningNetwork network, int batch, int seed)
    {
        (string time, int length) = network.Sizes.Single();
        float[][] inputs = network.Inputs(batch, seed);
        StreamState state = network.NewState(batch);
        string? difference = Difference(network, inputs, batch, state, 0, length);
        network.Resize(time, length);
        return difference;
    }

    /// <summary>The same of a state so many elements of the sequences have come to.</summary>
    public static string? Difference(RunningNetwork network, float[][] inputs, int batch, StreamState state, int from, int to)
    {
        (string time, int length) = network.Sizes.Single();
        string? difference = null;
        for (int step = from; step < to && difference is null; step++)
        {
            network.Resize(time, step + 1);
            float[][] sofar = [.. inputs.Select((v, i) => Cut(v, network.Graph.Inputs[i].Shape, batch, length, 0, step + 1))];
            float[][] expected = network.Predict(sofar, batch);
            float[][] last = [.. expected.Select((v, o) => Cut(v, network.Graph.Outputs[o].Node.Shape, batch, step + 1, step, step + 1))];
            float[][] actual = Step(network, inputs, batch, length, state, step);
            difference = last.Zip(actual)
                .Select((pair, o) => Enumerable.Range(0, pair.First.Length).Where(i => Bits(pair.First[i]) != Bits(pair.Second[i]))
                    .Select(i => $"batch {batch}, step {step}, output {o}, value {i} is {pair.Second[i]:g9} instead of {pair.First[i]:g9}").FirstOrDefault())
                .FirstOrDefault(d => d is not null);
        }

        network.Resize(time, length);
        return difference;
    }

    /// <summary>The outputs for one more element of the sequences.</summary>
    public static float[][] Step(RunningNetwork network, float[][] inputs, int batch, int length, StreamState state, int step)
    {
        float[][] now = [.. inputs.Select((v, i) => Cut(v, network.Graph.Inputs[i].Shape, batch, length, step, step + 1))];
        float[][] outputs = [.. network.Graph.Outputs.Select(o => new float[o.Node.Shape.Aggregate(1, (n, s) => n * (s.IsBatch ? batch : s.IsOpen ? 1 : s.Value))])];
        network.Step(RunningNetwork.Memories(now), RunningNetwork.Targets(outputs), state);
        return outputs;
    }

    /// <summary>The elements from one on to another along the axis of time; a tensor without it stays as it is.</summary>
    private static float[] Cut(float[] values, Shape shape, int batch, int length, int from, int to)
    {
        int axis = Enumerable.Range(0, shape.Rank).FirstOrDefault(a => shape[a].IsOpen, -1);
        if (axis < 0)
        {
            return values;
        }

        int Length(IEnumerable<Size> sizes) => sizes.Aggregate(1, (n, s) => n * (s.IsBatch ? batch : s.Value));
        (int outer, int inner) = (Length(shape.Take(axis)), Length(shape.Skip(axis + 1)));
        return [.. Enumerable.Range(0, outer).SelectMany(o => values[(((o * length) + from) * inner)..(((o * length) + to) * inner)])];
    }

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);
}
