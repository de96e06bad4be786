using System.Runtime.InteropServices;
using DeepGen.Checkpoints;

namespace DeepGen;

/// <summary>What an optimiser and its schedule remember: an array for every parameter and buffer, and a few numbers.</summary>
internal static class OptimizerState
{
    public static void Save(Optimizer optimizer, ParameterSet parameters, SavedState state)
    {
        var own = state.Within("optimizer");
        own.Put("steps", optimizer.Steps);
        own.Put("rate", optimizer.LearningRate);
        foreach (var (name, value) in optimizer.Scalars)
        {
            own.Within("number").Put(name, value);
        }

        for (int b = 0; b < optimizer.BufferNames.Count; b++)
        {
            int buffer = b;
            var part = own.Within(optimizer.BufferNames[b]);
            foreach (var parameter in parameters)
            {
                part.Put(
                    parameter.Name,
                    [.. parameter.Shape.Select(s => (long)s)],
                    () => MemoryMarshal.AsBytes(parameter.Destination(optimizer.Buffer(buffer))));
            }
        }

        foreach (var (name, value) in optimizer.Schedule?.Scalars ?? [])
        {
            state.Within("schedule").Put(name, value);
        }
    }

    public static void Load(Optimizer optimizer, ParameterSet parameters, SavedState state)
    {
        var own = state.Within("optimizer");
        var scalars = optimizer.Scalars.Select(s => (s.Name, Value: own.Within("number").Number(s.Name))).ToList();
        var schedule = optimizer.Schedule?.Scalars.Select(s => (s.Name, Value: state.Within("schedule").Number(s.Name))).ToList() ?? [];

        // Numbers first: they may say how many buffers there are.
        foreach (var (name, value) in scalars)
        {
            optimizer.SetScalar(name, value);
        }

        foreach (var (name, value) in schedule)
        {
            optimizer.Schedule!.SetScalar(name, value);
        }

        for (int b = 0; b < optimizer.BufferNames.Count; b++)
        {
            foreach (var parameter in parameters)
            {
                own.Within(optimizer.BufferNames[b]).Find<float>(parameter.Name, parameter.Length).CopyTo(parameter.Destination(optimizer.Buffer(b)));
            }
        }

        optimizer.Steps = own.Integer("steps");
        optimizer.LearningRate = (float)own.Number("rate");
    }
}
