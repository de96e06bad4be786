namespace DeepGen.Generator.Lower;

/// <summary>How the kernels of a group are cut.</summary>
/// <param name="Floats">How far a band goes in the image.</param>
/// <param name="IsOnlyABand">Whether the image is never there as a whole.</param>
internal sealed record BandPlan(BandGroup Group, int Bands, long Floats, bool IsOnlyABand)
{
    /// <summary>Somewhat more than half of a first cache; the rest is for what the kernels read besides.</summary>
    private const long MostFloats = 5120;

    /// <summary>A band is to be more work than the calls for it.</summary>
    private const long FewestFloats = 512;

    /// <summary>Null where bands would not pay: they are small, or weights would be read once more for each and are larger.</summary>
    public static BandPlan? Of(BandGroup group, IReadOnlyList<Statement> program)
    {
        Buffer image = group.Image;
        long unit = Unit(group.Members, image);
        int units = (int)(group.Members.Min(m => m.LengthIn(image)) / unit);
        long length = units * unit;
        long inBand = Enumerable.Range(1, units).Where(n => units % n == 0 && (n == 1 || n * unit <= MostFloats)).Max();
        int bands = (int)(units / inBand);
        bool isOnlyABand = image is { Memory: Memory.Workspace, Borders: null }
            && program.SelectMany(s => s.Kernels).Where(k => k.Views.Any(v => v.Buffer == image)).All(k => group.Members.Any(m => m.Kernel == k));

        // Rows that nobody reads need not be made, unless they are made together with something else.
        bool isWhole = group.Members.All(m => m.LengthIn(image) == length) || (isOnlyABand && group.Members[0].Kernel.Targets.Count() == 1);
        bool pays = inBand * unit >= FewestFloats && bands * group.Members.Sum(m => Weights(m.Kernel)) <= length;
        return isWhole && pays && bands > 1 ? new BandPlan(group, bands, inBand * unit, isOnlyABand) : null;
    }

    /// <summary>Whether all that they read of each other is of the same band, however few rows a band has.</summary>
    public static bool AreInStep(IReadOnlyList<BandMember> members, Buffer image)
    {
        long unit = Unit(members, image);
        long read = members[1].LengthIn(image);
        bool areAlike = members.All(m => unit % m.StepIn(image) == 0) && members.Skip(1).All(m => m.LengthIn(image) == read)
            && read % unit == 0 && read <= members[0].LengthIn(image);
        List<BandAccess> all = members.SelectMany(m => m.Accesses.Select(a => new BandAccess(m, a, (int)(unit / m.StepIn(image))))).ToList();
        return areAlike && all.Where(a => a.Access.IsWritten).All(w => all.All(a => a == w || w.IsInStep(a) || w.IsApart(a) || (w.Member == members[0] && w.HasMade(a))));
    }

    public LoopStatement Loop(List<Buffer> buffers)
    {
        Buffer image = Group.Image;
        var counter = new LoopVariable("band");
        Buffer? only = null;
        if (IsOnlyABand)
        {
            BandMember maker = Group.Members[0];
            only = new Buffer(image.Memory, image.Index, image.Length - maker.LengthIn(image) + Floats) { HasSamples = image.HasSamples };
            buffers.Add(only);
        }

        IEnumerable<Statement> body = Group.Members.Select(m =>
        {
            int size = (int)(Floats / m.StepIn(image));
            return new KernelStatement(KernelAxes.Cut(m.Kernel, m.Axis, size, counter, (view, step) =>
                view.Buffer == image && only is not null ? view with { Buffer = only }
                : step == 0 ? view
                : view with { Terms = view.Terms.Add(new AddressTerm(counter, size * step, Alternates: false)) }));
        });
        return new LoopStatement(counter, Bands, "bands of rows", body.ToList<Statement>());
    }

    /// <summary>The longest step that one of them makes in the image: a pool's is several rows.</summary>
    private static long Unit(IEnumerable<BandMember> members, Buffer image) => members.Max(m => m.StepIn(image));

    private static long Weights(Kernel kernel) =>
        kernel is ContractKernel product ? product.DepthExtents.Aggregate((long)product.Columns.Value, (n, e) => n * e.Value) : 0;

    /// <param name="Size">How many steps of a member are a band.</param>
    private sealed record BandAccess(BandMember Member, Access Access, int Size)
    {
        private IEnumerable<int> InBand => Member.Sizes.Select((s, axis) => axis == Member.Axis ? Size : s);

        private long PerBand => Access.View.Strides[Member.Axis] * Size;

        /// <summary>Whether both move on by as much with each band, and stay within it.</summary>
        public bool IsInStep(BandAccess other)
        {
            (View a, View b) = (Access.View, other.Access.View);
            long start = Math.Min(a.Offset, b.Offset);
            long end = Math.Max(a.End(InBand), b.End(other.InBand));
            return a.IsComparable(b) && PerBand > 0 && PerBand == other.PerBand && end - start <= PerBand;
        }

        /// <summary>
        /// Whether a later member reads of this band and of those before, but not of the next. In the first band it reads over the image's edge, which others fill; so such an
        /// image is there as a whole.
        /// </summary>
        public bool HasMade(BandAccess read)
        {
            (View made, View view) = (Access.View, read.Access.View);
            return read.Member != Member && !read.Access.IsWritten && made.IsComparable(view) && PerBand > 0 && PerBand == read.PerBand && view.End(read.InBand) <= made.Offset + PerBand;
        }

        /// <summary>Whether they have no element in common, or are the same element of the same kernel.</summary>
        public bool IsApart(BandAccess other) =>
            (Member == other.Member && Access.View.IsSame(other.Access.View)) || !Access.View.MayMeet(Member.Sizes, other.Access.View, other.Member.Sizes);
    }
}
