using System.Globalization;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Tests.Declarations;

/// <summary>A module as a few lines of text: inputs, members, then one line a step.</summary>
internal static class SpecText
{
    public static string Of(ModuleSpec module) => string.Join("\n",
    [
        .. module.Members.Select(m => $"{m.Path}: {Layer(m.Layer)}"),
        .. module.Steps.Select((s, i) => $"%{i}{(s.Label is null ? "" : " " + s.Label)} = {Step(module, s)}"),
        "-> " + string.Join(", ", module.Outputs.Select(o => $"{o.Name} %{o.Step}")),
    ]);

    private static string Step(ModuleSpec module, StepSpec step) => step.Kind switch
    {
        StepKind.Input => Input(module.Inputs[step.Index]),
        StepKind.Constant => Number(step.Value),
        StepKind.Call => $"{module.Members[step.Index].Path}({Operands(step)})",
        StepKind.Result => $"result {step.Index} of {Operands(step)}",
        _ => $"{step.Name}({Operands(step)}{Arguments(step.Arguments, "; ")})",
    };

    private static string Input(InputSpec input) =>
        $"input {input.Name}{(input.HasShape ? $" [{string.Join(",", input.Shape)}]" : "")}{(input.Layout == InputLayout.Hwc ? " hwc" : "")}";

    private static string Layer(LayerSpec layer) =>
        $"{layer.Kind}({Arguments(layer.Arguments, "")}){(layer.Block is null ? "" : " of " + layer.Block.TypeName)}";

    private static string Operands(StepSpec step) => string.Join(", ", step.Operands.Select(o => "%" + o));

    private static string Arguments(EquatableArray<ArgumentSpec> arguments, string before) => arguments.Count == 0
        ? ""
        : before + string.Join(", ", arguments.Select(a => $"{a.Name}={a.Text ?? string.Join("/", a.Numbers.Select(Number))}"));

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
