using System.Globalization;
using System.Text;
using DeepGen.Generator.Declare;

namespace DeepGen.Generator.Emit;

/// <summary>A declaration as Declare understood it: the members, then the steps in order.</summary>
internal static class SpecText
{
    public static void Write(StringBuilder text, ModuleSpec module, int depth)
    {
        string indent = new(' ', depth * 4);
        foreach (MemberSpec member in module.Members)
        {
            text.Append(indent).Append("member ").Append(member.Path).Append(": ").Append(member.Layer.Kind);
            text.Append(Arguments(member.Layer.Arguments)).Append('\n');
            if (member.Layer.Block is { } block)
            {
                Write(text, block, depth + 1);
            }
        }

        for (int i = 0; i < module.Steps.Count; i++)
        {
            StepSpec step = module.Steps[i];
            string what = step.Kind switch
            {
                StepKind.Input => "input " + module.Inputs[step.Index].Name,
                StepKind.Constant => step.Value.ToString("R", CultureInfo.InvariantCulture),
                StepKind.Call => "call " + module.Members[step.Index].Path,
                StepKind.Result => FormattableString.Invariant($"result {step.Index} of"),
                _ => step.Name + Arguments(step.Arguments),
            };
            string operands = string.Join(", ", step.Operands.Select(o => FormattableString.Invariant($"#{o}")));
            text.Append(indent).Append(FormattableString.Invariant($"#{i} = {what} {operands}").TrimEnd());
            text.Append(step.Label is null ? "\n" : "  // " + step.Label + "\n");
        }

        text.Append(indent).Append("out ").Append(string.Join(", ", module.Outputs.Select(o => FormattableString.Invariant($"{o.Name} = #{o.Step}")))).Append('\n');
    }

    private static string Arguments(IEnumerable<ArgumentSpec> arguments)
    {
        string list = string.Join(", ", arguments.Select(a =>
            a.Name + " = " + (a.Text ?? string.Join(" ", a.Numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture))))));
        return list.Length == 0 ? "" : $"({list})";
    }
}
