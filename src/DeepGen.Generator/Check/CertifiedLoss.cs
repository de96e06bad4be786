using System.Collections.Immutable;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Losses;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Check;

/// <summary>
/// share · plain + (1 − share) · worst: the same loss, of the outputs and of the worst case within epsilon of the inputs. Share and
/// epsilon are settings, which a training changes as it goes on.
/// </summary>
internal sealed class CertifiedLoss(NetworkSpec spec, ParameterScope scope, Journal findings)
{
    /// <summary>The loss of both; null after a finding.</summary>
    public Term? Of(Loss loss, LossCall call, Term target, Term plain, string place)
    {
        Graph forward = scope.Graph.Build([new GraphOutput("output", call.Output.Node)]);
        List<Node> sparse = forward.Inputs.Where(n => n.Type.IsSparse).ToList();
        foreach (Node input in sparse)
        {
            findings.Report(new Finding("DG0014", place, Support.EquatableArray.Of("Train(Certified = true)", "a sparse input", ((Input)input.Op).InputName)));
        }

        ImmutableArray<Node> missing = Interval.MissingRules(forward);
        foreach (Finding finding in ReadingCheck.Missing(spec, "Train(Certified = true)", place, forward, missing))
        {
            findings.Report(finding);
        }

        if (!missing.IsEmpty || sparse.Count > 0)
        {
            return null;
        }

        Term epsilon = scope.Training!.Setting(scope.Graph, "epsilon", SettingKind.Epsilon, Shape.Scalar);
        Term share = scope.Training.Setting(scope.Graph, "plain share", SettingKind.PlainShare, Shape.Scalar);
        Term scores = WorstCase.Scores(call.Output, CrossEntropyLoss.OneHot(call.Output, target), Box);
        Term worst = LossWriter.Mean(call.With(scores).Loss(loss, target));
        return (share * plain) + ((share.Filled(1) - share) * worst);

        Bounds Box(Node input) => ((Input)input.Op).Index < spec.Module.Inputs.Count
            ? Around(new Term(scope.Graph, input), epsilon, call.Arguments)
            : new Bounds(input);
    }

    /// <summary>What is within epsilon and can occur at all. The given input itself always belongs to it.</summary>
    private static Bounds Around(Term x, Term epsilon, Arguments arguments)
    {
        Term radius = epsilon.Over(x.Shape);
        Term lower = x - radius;
        Term upper = x + radius;
        lower = arguments.Has("Lowest") ? x.Minimum(lower.Maximum(x.Filled(arguments.Real("Lowest")))) : lower;
        upper = arguments.Has("Highest") ? x.Maximum(upper.Minimum(x.Filled(arguments.Real("Highest")))) : upper;
        return new Bounds(lower.Node, upper.Node);
    }
}
