using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Lower;

/// <summary>A weight as a kernel sees it: a leaf of the main graph, and the Repeat counters that choose its copy.</summary>
internal sealed record WeightValue(Node Leaf, ImmutableArray<LoopVariable> Slices);

/// <summary>
/// The weights the kernels of all programs ask for, each in the layout its kernel wants. Every request is IR over the
/// leaf, so the Prepare program that fills this memory is lowered and emitted like any other.
/// </summary>
internal sealed class WeightTable
{
    /// <summary>Numbers in a page: 4096 bytes.</summary>
    private const long Page = 1024;

    /// <summary>Of so many numbers, half a page is no more than a sixteenth.</summary>
    private const long LongPanel = 8 * Page;

    private readonly Dictionary<string, WeightRequest> _requests = [];

    public IEnumerable<WeightRequest> Requests => _requests.Values;

    public long Length { get; private set; }

    /// <summary>The weight as it is, rows padded to whole vectors.</summary>
    public View Plain(WeightValue weight)
    {
        WeightRequest request = Request(weight.Leaf, "plain", (_, node) => node, shape => View.Dense(NewBuffer(shape), shape, true));
        return weight.Slices.Aggregate(request.Target, (view, variable) => view.At(variable));
    }

    /// <summary>
    /// A right factor in panels: from [slices…, outer…, depth…, groups·columns] to
    /// [slices…, outer…, groups, panels, depth, width], the columns padded with zeros. The view drops the slices. The two halves of a
    /// wide panel lie side by side, or one after the other where registers are narrow and tiles read one of them; numbers of bfloat16
    /// lie in pairs, the halves of a row on top of each other.
    /// </summary>
    public WeightPanels Panels(WeightValue weight, int outer, int groups, int width)
    {
        int slices = weight.Slices.Length;
        bool isWide = width == 2 * Lanes.Count;
        bool isPaired = isWide && Narrow.Holds(weight.Leaf);
        bool hasHalves = isWide && !isPaired;
        string layout = FormattableString.Invariant($"panels {slices} {outer} {groups} {width}");
        WeightRequest request = Request(
            weight.Leaf,
            layout,
            (builder, node) => Stored(builder, Pack(builder, node, slices + outer, groups, width), isPaired, hasHalves),
            shape => hasHalves ? Apart(shape, slices + outer + 1) : View.Dense(NewBuffer(shape, isPaired), shape, false),
            hasHalves ? HalvesApart : null);
        View view = weight.Slices.Aggregate(request.Target, (view, variable) => view.At(variable));
        int axis = outer + 1;
        return new WeightPanels(view, (int)view.Strides[axis + 1], view.Strides[axis], hasHalves);
    }

    /// <summary>
    /// Long panels that are whole pages lie half a page further apart: else the same depths of all would share few sets of the first cache, where products
    /// through lists keep some of them.
    /// </summary>
    private static View Apart(Shape shape, int panels)
    {
        View dense = View.Dense(NewBuffer(shape), shape, false);
        long length = dense.Strides[panels];
        if (length < LongPanel || length % Page != 0)
        {
            return dense;
        }

        long apart = length + (Page / 2);
        IEnumerable<long> strides = dense.Strides.Select((s, axis) => axis <= panels ? s / length * apart : s);
        return dense with { Buffer = new Buffer(Memory.Weights, 0, dense.Buffer.Length / length * apart), Strides = strides.ToImmutableArray() };
    }

    /// <summary>Panels [panels, depth, halves, lanes] with one half after the other.</summary>
    private static View HalvesApart(View sideBySide)
    {
        int half = sideBySide.Strides.Length - 2;
        return sideBySide with { Strides = sideBySide.Strides.SetItem(half, sideBySide.Strides[half - 2] / 2).SetItem(half - 1, Lanes.Count) };
    }

    /// <summary>A reversed filter [height, width, channels, columns] as a row of each channel, the right way round: [channels, height, width, columns].</summary>
    public View Patches(WeightValue weight) => Request(
        weight.Leaf,
        "patches",
        (builder, w) => builder.Add(new Transpose(EquatableArray.Of(2, 0, 1, 3)), builder.Add(new Reverse(0), builder.Add(new Reverse(1), w))),
        shape => View.Dense(NewBuffer(shape), shape, paddedRows: true)).Target;

    /// <summary>
    /// Filters [slices…, 3, 3, depth, columns] by their values at the points of a tile: [slices…, points, panels, depth, width].
    /// </summary>
    public View TilePanels(WeightValue weight, WinogradTransform transform, int width)
    {
        int slices = weight.Slices.Length;
        string layout = FormattableString.Invariant($"tiles {transform.Tile} {slices} {width}");
        WeightRequest request = Request(
            weight.Leaf,
            layout,
            (builder, node) => AtPoints(builder, node, slices, transform, width),
            shape => View.Dense(NewBuffer(shape), shape, false));
        return weight.Slices.Aggregate(request.Target, (view, variable) => view.At(variable));
    }

    /// <summary>Packed first, so that the larger values at points are born where kernels want them.</summary>
    private static Node AtPoints(GraphBuilder builder, Node weight, int lead, WinogradTransform transform, int width)
    {
        const int All = WinogradTransform.Taps * WinogradTransform.Taps;
        ImmutableArray<Size> sizes = weight.Shape.Sizes;
        Node taps = builder.Add(new Reshape(Shape.Of(sizes.Take(lead).Append(All).Concat(sizes.Skip(lead + 2)))), weight);
        Node packed = Pack(builder, taps, lead + 1, groups: 1, width);
        IEnumerable<Size> panel = packed.Shape.Sizes.Skip(lead + 2);
        int length = panel.Aggregate(1, (n, s) => n * s.Value);
        Node flat = builder.Add(new Reshape(Shape.Of(sizes.Take(lead).Concat([All, length]))), packed);
        Node matrix = builder.Add(new Constant(Shape.Of(transform.Points, All), transform.WeightMatrix().ToEquatable()));
        Shape matrices = Shape.Of(sizes.Take(lead).Concat([transform.Points, All]));
        Node repeated = lead == 0 ? matrix : builder.Add(new Broadcast(matrices, EquatableArray.Of(lead, lead + 1)), matrix);
        Node values = builder.Add(new MatMul(), repeated, flat);
        return builder.Add(new Reshape(Shape.Of(sizes.Take(lead).Append(transform.Points).Concat(panel))), values);
    }

    private static Node Pack(GraphBuilder builder, Node weight, int lead, int groups, int width)
    {
        ImmutableArray<Size> sizes = weight.Shape.Sizes;
        IEnumerable<Size> outer = sizes.Take(lead);
        int columns = sizes[sizes.Length - 1].Value / groups;
        int depth = sizes.Skip(lead).Take(sizes.Length - lead - 1).Aggregate(1, (n, s) => n * s.Value);
        int panels = (columns + width - 1) / width;
        int rank = lead + 3;

        Node grouped = builder.Add(new Reshape(Shape.Of(outer.Concat([depth, groups, columns]))), weight);
        Node byGroup = builder.Add(new Transpose(Permutation(lead, 1, 0, 2)), grouped);
        Node padded = builder.Add(
            new Pad(Enumerable.Repeat(0, rank).ToEquatable(), Enumerable.Repeat(0, rank - 1).Append((panels * width) - columns).ToEquatable(), 0),
            byGroup);
        Node split = builder.Add(new Reshape(Shape.Of(outer.Concat([groups, depth, panels, width]))), padded);
        return builder.Add(new Transpose(Permutation(lead, 0, 2, 1, 3)), split);
    }

    private static EquatableArray<int> Permutation(int lead, params int[] rest) =>
        Enumerable.Range(0, lead).Concat(rest.Select(r => r + lead)).ToEquatable();

    private static Node Stored(GraphBuilder builder, Node panels, bool isPaired, bool hasHalves)
    {
        return isPaired ? builder.Add(new Pair(), Half(0), Half(1))
            : hasHalves ? builder.Add(new Reshape(Shape.Of(panels.Shape.Take(panels.Shape.Rank - 1).Concat([2, Lanes.Count]))), panels)
            : panels;

        Node Half(int half) => builder.Add(new Narrow(), builder.Add(new Slice(panels.Shape.Rank - 1, half * Lanes.Count, Lanes.Count, 1), panels));
    }

    private static Buffer NewBuffer(Shape shape, bool isPaired = false)
    {
        long last = shape.Rank == 0 ? 1 : Lanes.RoundUp(shape[shape.Rank - 1].Value);
        return new Buffer(Memory.Weights, 0, shape.Take(Math.Max(shape.Rank - 1, 0)).Aggregate(last, (n, s) => n * s.Value)) { IsPaired = isPaired };
    }

    private WeightRequest Request(
        Node leaf, string layout, Func<GraphBuilder, Node, Node> build, Func<Shape, View> place, Func<View, View>? whereNarrow = null)
    {
        string key = LeafName(leaf) + " " + layout;
        if (!_requests.TryGetValue(key, out WeightRequest request))
        {
            var shapes = new GraphBuilder();
            Shape shape = build(shapes, shapes.Add(new Parameter("shape", leaf.Shape))).Shape;
            View target = place(shape);
            target.Buffer.Offset = Length;
            Length += Lanes.RoundUp(target.Buffer.Length);
            request = new WeightRequest(leaf, build, target, whereNarrow?.Invoke(target));
            _requests.Add(key, request);
        }

        return request;
    }

    private static string LeafName(Node leaf) => leaf.Op switch
    {
        Parameter parameter => parameter.Path,
        Constant constant => "constant " + constant.ConstantShape + constant.Values,
        _ => throw new IrException($"{leaf} is not a weight."),
    };
}

/// <summary>One prepared tensor: Build makes its node over the leaf; Target is where it goes, Narrow where else if registers are narrow.</summary>
internal sealed record WeightRequest(Node Leaf, Func<GraphBuilder, Node, Node> Build, View Target, View? Narrow);

/// <summary>A right factor in panels.</summary>
/// <param name="View">Axes [outer…, groups, panels, depth, columns].</param>
/// <param name="Width">Distance between depths.</param>
/// <param name="Stride">Distance between panels.</param>
/// <param name="HasHalves">Whether the halves of a panel lie one after the other where registers are narrow; not where it is one vector wide, or its rows are pairs.</param>
internal sealed record WeightPanels(View View, int Width, long Stride, bool HasHalves);
