using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Maps that follow one another in a loop over samples and go over the same elements are one kernel of several results: what one
/// computes the next need not read, and what nobody reads then is not written.
/// </summary>
internal static class JoinMaps
{
    /// <summary>Vector operations of a method: twice what a tile's epilogue may have, since a map works on one vector at a time.</summary>
    private const int MostOperations = 2 * Deferral.MostOperations;

    public static void Run(List<Statement> statements)
    {
        List<List<Statement>> bodies = SampleLoops.Bodies(statements);
        bodies.ForEach(Join);
        HashSet<Buffer> read = statements.BuffersRead();
        bodies.ForEach(b => DropUnread(b, read));
    }

    private static void Join(List<Statement> statements)
    {
        for (int i = 1; i < statements.Count;)
        {
            if (statements[i - 1] is KernelStatement { Kernel: NestKernel first } && statements[i] is KernelStatement { Kernel: NestKernel second }
                && Joined(first, second) is { } both)
            {
                statements[i - 1] = new KernelStatement(both);
                statements.RemoveAt(i);
            }
            else
            {
                i++;
            }
        }
    }

    private static NestKernel? Joined(NestKernel first, NestKernel second)
    {
        bool areAlike = IsMap(first) && IsMap(second) && first.Extents.SequenceEqual(second.Extents);
        if (!areAlike || Bodies(first) * first.Results.Concat(second.Results).Sum(OperationCost.Of) > MostOperations)
        {
            return null;
        }

        var known = first.Results.SelectMany(r => r.Loads()).Distinct().Select(l => (l.View, Value: (Expression)l)).ToList();
        List<(View View, Expression Value)> computed = first.Targets.Zip(first.Results, (t, r) => (t, r)).ToList();
        var replaced = new Dictionary<Expression, Expression>();
        foreach (LoadExpression load in second.Results.SelectMany(r => r.Loads()).Distinct())
        {
            if (computed.FirstOrDefault(c => c.View.IsSame(load.View)).Value is { } value)
            {
                replaced.Add(load, value);
            }
            else if (computed.Any(c => MayMeet(c.View, load.View, first.Extents)))
            {
                return null;
            }
            else if (known.FirstOrDefault(c => c.View.IsSame(load.View)).Value is { } same)
            {
                replaced.Add(load, same);
            }
        }

        bool isSafe = second.Targets.All(t =>
            known.All(k => k.View.IsSame(t) || !MayMeet(k.View, t, first.Extents)) && computed.All(c => !MayMeet(c.View, t, first.Extents)));
        if (!isSafe)
        {
            return null;
        }

        NestOutput[] added = second.Targets.Zip(second.Results, (t, r) => new NestOutput(t, ExpressionRewrite.Replace(r, replaced))).ToArray();
        string title = string.Join(", ", $"{first.Title}, {second.Title}".Split([", "], StringSplitOptions.None).Distinct());
        return new NestKernel(title, first.Target, first.Extents, first.ReduceExtents, null, first.Element, first.Result)
        {
            Others = first.Others.AddRange(added),
        };
    }

    /// <summary>What is left of a row after whole vectors has its operations written once more.</summary>
    private static int Bodies(NestKernel map) => map.Extents.Last() is { IsConstant: true } row && row.Value % Lanes.Count == 0 ? 1 : 2;

    /// <summary>Whether it goes through whole vectors of elements; a copy of scattered ones may want an order of its own.</summary>
    private static bool IsMap(NestKernel kernel) =>
        kernel.Reduction is null && kernel.Above is null && !kernel.IsParted && kernel.Extents.Length > 0
        && kernel.Targets.All(t => t.Strides[t.Strides.Length - 1] == 1)
        && kernel.Results.All(r => r is OperationExpression || (r is LoadExpression load && load.View.Strides.Last() == 1));

    /// <summary>Whether any element of one may be an element of the other.</summary>
    public static bool MayMeet(View a, View b, ImmutableArray<Size> extents)
    {
        List<int> sizes = [.. extents.Select(e => e.Value)];
        return a.MayMeet(sizes, b, sizes);
    }

    private static void DropUnread(List<Statement> statements, HashSet<Buffer> read)
    {
        for (int i = statements.Count - 1; i >= 0; i--)
        {
            if (statements[i] is KernelStatement { Kernel: NestKernel { Others.IsEmpty: false } kernel })
            {
                NestOutput[] all = kernel.Targets.Zip(kernel.Results, (t, r) => new NestOutput(t, r)).ToArray();
                NestOutput[] kept = all.Where(o => o.Target.Buffer.Memory != Memory.Workspace || read.Contains(o.Target.Buffer)).ToArray();
                if (kept.Length == 0)
                {
                    statements.RemoveAt(i);
                    continue;
                }

                statements[i] = new KernelStatement(
                    new NestKernel(kernel.Title, kept[0].Target, kernel.Extents, kernel.ReduceExtents, null, kept[0].Result, kept[0].Result)
                    {
                        Others = kept.Skip(1).ToImmutableArray(),
                    });
            }
        }
    }
}
