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
        SaveNumbers(optimizer.Scalars, own);

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

        SaveNumbers(optimizer.Schedule?.Scalars ?? [], state.Within("schedule"));
    }

    public static void Load(Optimizer optimizer, ParameterSet parameters, SavedState state)
    {
        var own = state.Within("optimizer");

        // Numbers first, and in their order: they may say which others there are, and how many buffers.
        LoadNumbers(own, optimizer.SetScalar);
        LoadNumbers(state.Within("schedule"), (name, value) => optimizer.Schedule?.SetScalar(name, value));
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

    private static void SaveNumbers(IReadOnlyList<(string Name, double Value)> numbers, SavedState state)
    {
        state.Put("numbers", string.Join('\t', numbers.Select(n => n.Name)));
        foreach (var (name, value) in numbers)
        {
            state.Within("number").Put(name, value);
        }
    }

    private static void LoadNumbers(SavedState state, Action<string, double> set)
    {
        foreach (string name in state.Text("numbers").Split('\t', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                set(name, state.Within("number").Number(name));
            }
            catch (ArgumentException e)
            {
                throw new CheckpointException(e.Message, e);
            }
        }
    }
}
