using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>Methods that call a network's own with memories: spans cannot be passed through reflection.</summary>
internal static class CallSource
{
    private const string Inputs = "System.ReadOnlyMemory<float>[]";
    private const string Outputs = "System.Memory<float>[]";

    public static string TypeName(string network) => "Call" + network;

    public static string For(NetworkSpec spec)
    {
        List<Size> sizes = [.. spec.Module.Inputs.SelectMany(i => i.Sizes).Where(s => s.IsOpen).DistinctBy(s => s.Symbol)];
        string given = string.Concat(sizes.Select(s => $", {s.Symbol}: Size{s.Symbol}"));
        string fields = string.Join("\n", sizes.Select(s => $"    public static int Size{s.Symbol} = {s.Value};"));
        int targets = TrainingElaborator.TargetCount(spec);
        (int inputs, int outputs) = (spec.Module.Inputs.Count, spec.Module.Outputs.Count);
        Elaboration elaboration = Elaborator.Elaborate(spec);
        bool[] isIds = [.. elaboration.Forward?.Inputs.Select(n => n.Type.Element == ElementType.Int32) ?? []];
        bool[] isClass = [.. elaboration.Training?.Targets.Select(t => t.Classes > 0) ?? []];
        IEnumerable<string> Items(string name, int count, params bool[] whole) => Enumerable.Range(0, count)
            .Select(i => i < whole.Length && whole[i] ? $"Ids({name}[{i}].Span)" : $"{name}[{i}].Span");
        bool[] ends = [.. isIds.SelectMany(whole => whole ? new[] { true } : [false, false])];
        string all = string.Join(", ", Items("inputs", inputs, isIds).Concat(Items("outputs", outputs)));
        string bounds = string.Join(", ", Items("inputs", ends.Length, ends).Concat(Items("outputs", 2 * outputs)));
        string network = $"(({spec.Name})network)";
        string Has(string reading, string method) => spec.Readings.Any(r => r.Name == reading) ? method : "";
        return $$"""
            internal static class {{TypeName(spec.Name)}}
            {
            {{fields}}

                public static void Predict(DeepGen.INetwork network, {{Inputs}} inputs, {{Outputs}} outputs) => {{network}}.Predict({{all}}{{given}});

            {{Has("Certify", $"    public static void Certify(DeepGen.INetwork network, {Inputs} inputs, {Outputs} outputs) => {network}.Certify({bounds}{given});")}}

            {{Has("Trace", $"    public static System.Collections.Generic.IReadOnlyList<DeepGen.NamedTensor> Trace(DeepGen.INetwork network, {Inputs} inputs) => {network}.Trace({string.Join(", ", Items("inputs", inputs, isIds))}{given});")}}

            {{Has("Stream", $"    public static DeepGen.StreamState NewState(DeepGen.INetwork network, int batch) => {network}.NewState(batch);")}}

            {{Has("Stream", $"    public static void Step(DeepGen.INetwork network, {Inputs} inputs, {Outputs} outputs, DeepGen.StreamState state) => {network}.Step({all}, state);")}}

                private static int[] Ids(System.ReadOnlySpan<float> floats) => System.Array.ConvertAll(floats.ToArray(), i => (int)i);

            {{(sizes.Count == 0 ? "" : Has("Train", $"    public static float Gradients(DeepGen.INetwork network, {Inputs} inputs, {Inputs} targets) => {network}.Gradients({string.Join(", ", Items("inputs", inputs, isIds).Concat(Items("targets", targets, isClass)))}{given});"))}}
            }
            """;
    }
}
