namespace DeepGen.Generator.Lower;

/// <summary>A kernel and the axis that counts rows of the image.</summary>
internal sealed record BandMember(Kernel Kernel, int Axis)
{
    public IReadOnlyList<int> Sizes { get; } = KernelAxes.Of(Kernel)!.Value;

    public IReadOnlyList<Access> Accesses { get; } = KernelAxes.Accesses(Kernel).ToList();

    public int Size => Sizes[Axis];

    /// <summary>How far a step goes in the image.</summary>
    public long StepIn(Buffer image) => Accesses.First(a => a.View.Buffer == image).View.Strides[Axis];

    /// <summary>How far all its steps go there.</summary>
    public long LengthIn(Buffer image) => Size * StepIn(image);

    /// <summary>A kernel that goes through an image row by row, and can be cut there; null for any other.</summary>
    public static BandMember? Of(Statement statement, Buffer image)
    {
        if (statement is not KernelStatement { Occasion: Occasion.Always, Kernel: var kernel } || KernelAxes.Of(kernel) is not { } sizes)
        {
            return null;
        }

        List<int> axes = KernelAxes.Accesses(kernel).Where(a => a.View.Buffer == image).Select(Longest).Distinct().ToList();
        return axes.Count == 1 && axes[0] >= 0 && KernelAxes.MayCut(kernel, axes[0]) ? new BandMember(kernel, axes[0]) : null;

        int Longest(Access access) => Enumerable.Range(0, sizes.Length)
            .Where(i => sizes[i] > 1 && access.View.Strides[i] > 0)
            .OrderByDescending(i => access.View.Strides[i]).DefaultIfEmpty(-1).First();
    }
}

/// <summary>What makes an image, and those that read it and might as well come directly after.</summary>
internal sealed record BandGroup(Buffer Image, IReadOnlyList<Statement> Statements, IReadOnlyList<BandMember> Members)
{
    /// <summary>A second cache holds several smaller images; of them, calls for each band cost what they save.</summary>
    private const long FewestFloats = 1 << 15;

    /// <summary>Null where a statement makes no large image, or nobody might come directly after it.</summary>
    public static BandGroup? From(List<Statement> body, int first)
    {
        if (body[first] is not KernelStatement { Kernel.Target.Buffer: { Memory: Memory.Workspace or Memory.Kept, Length: >= FewestFloats } image } || BandMember.Of(body[first], image) is not { } maker)
        {
            return null;
        }

        List<Statement> statements = [body[first]];
        List<BandMember> members = [maker];
        var between = new List<Kernel>();
        foreach (Statement statement in body.Skip(first + 1))
        {
            if (statement.Kernels.Any(k => k.Reads.Any(v => v.Buffer == image)) && BandMember.Of(statement, image) is { } reader
                && between.All(k => AreApart(k, reader.Kernel)) && BandPlan.AreInStep([.. members, reader], image))
            {
                statements.Add(statement);
                members.Add(reader);
            }
            else
            {
                between.AddRange(statement.Kernels);
            }
        }

        return members.Count > 1 ? new BandGroup(image, statements, members) : null;
    }

    /// <summary>Whether it makes no difference which of two comes first.</summary>
    private static bool AreApart(Kernel one, Kernel other) =>
        !one.Targets.Any(t => other.Views.Any(v => v.Buffer == t.Buffer)) && !other.Targets.Any(t => one.Views.Any(v => v.Buffer == t.Buffer));
}
