using System.Collections.Immutable;
using System.Globalization;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// A convolution by tiles is three kernels: the tiles' inputs at all points, a product for each point with a row for each tile,
/// and outputs from the products. An image goes through them in strips of tiles whose values stay in the cache.
/// </summary>
internal sealed partial class GraphLowering
{
    /// <summary>Half a megabyte.</summary>
    private const long StripFloats = 1 << 17;

    /// <summary>Vector operations of an epilogue that a row of a tile may write out.</summary>
    private const int LongestTileEpilogue = 80;

    private int _strips;

    private void LowerTiledConvolution(
        Scope scope, Node node, Convolution op, WeightValue weight, Expression result, Node last, View target, string title)
    {
        var transform = WinogradTransform.Of(op.Tile);
        int columns = node.Shape[3].Value;
        View place = target.OfOneSample(node.Shape);
        Expression epilogue = ExpressionRewrite.MapViews(result, v => InColumns(v, columns));
        bool fits = place.Strides[2] == 1 && epilogue.Loads().All(l => FitsEpilogue(l.View, columns))
            && op.Tile * OperationCost.Of(epilogue) <= LongestTileEpilogue;
        if (!fits)
        {
            View raw = NewView(node.Shape, default);
            LowerTiledConvolution(scope, node, op, weight, new AccumulatorExpression(), node, raw, title);
            var load = new LoadExpression(raw.OfOneSample(node.Shape));
            EmitNest(title, last.Shape, target, Shape.Scalar, null, ReplaceAccumulator(result, load), null);
            return;
        }

        Node x = node.Inputs[0];
        View source = ViewOf(scope, x);
        if (source.Strides[3] != 1 || (!source.Buffer.MayOverread && x.Shape[3].Value % Lanes.Count != 0))
        {
            ChannelsLastCopy(scope, x, source);
        }

        View image = BorderedImage(scope, x, Border.OfTiles(op, node.Shape)).OfOneSample(x.Shape);
        int width = columns <= Lanes.Count ? Lanes.Count : WidePanel;
        var strip = new TileStrip(this, transform, title, image, _weights!.TilePanels(weight, transform, width), width, x.Shape[3].Value, columns);
        (int height, int across) = (node.Shape[1].Value, node.Shape[2].Value);
        int tileRows = (height + op.Tile - 1) / op.Tile;
        int tileColumns = (across + op.Tile - 1) / op.Tile;
        int lastRows = height - ((tileRows - 1) * op.Tile);
        int lastColumns = across - ((tileColumns - 1) * op.Tile);
        int rows = strip.RowsThatFit(tileRows, tileColumns);
        int strips = tileRows / rows;
        var whole = new TileGrid(transform, rows, tileColumns, op.Tile, lastColumns);
        TileGrid final = whole with { LastRows = lastRows };
        int looped = lastRows == op.Tile ? strips : strips - 1;
        View At(View v, int number) => v with { Offset = v.Offset + (number * rows * op.Tile * v.Strides[0]) };
        if (looped > 1)
        {
            var variable = new LoopVariable("strip" + (++_strips).ToString(CultureInfo.InvariantCulture));
            View Along(View v) => v.Strides[0] == 0 ? v : v with { Terms = v.Terms.Add(new AddressTerm(variable, rows * op.Tile * v.Strides[0], Alternates: false)) };
            EmitLoop(variable, looped, "", () => strip.Emit(whole, Along, place, epilogue));
        }
        else if (looped == 1)
        {
            strip.Emit(whole, v => v, place, epilogue);
        }

        if (looped < strips)
        {
            strip.Emit(final, v => At(v, strips - 1), place, epilogue);
        }
    }

    /// <summary>What all strips of one convolution share.</summary>
    private sealed class TileStrip(
        GraphLowering lowering, WinogradTransform transform, string title, View image, View panels, int width, int channels, int outputs)
    {
        private View? _values;
        private View? _products;
        private View? _halfInputs;
        private View? _halfOutputs;

        /// <summary>A divisor of the rows of tiles, the largest one whose values fit.</summary>
        public int RowsThatFit(int tileRows, int tileColumns)
        {
            long each = transform.Points * tileColumns * (Lanes.RoundUp(channels) + Lanes.RoundUp(outputs));
            return Enumerable.Range(1, tileRows).Where(r => tileRows % r == 0 && (r == 1 || r * each <= StripFloats)).Max();
        }

        public void Emit(TileGrid grid, Func<View, View> moved, View place, Expression epilogue)
        {
            int tiles = grid.Rows * grid.Columns;
            View values = _values ??= lowering.AtPoints(transform.Points, tiles, channels);
            View products = _products ??= lowering.AtPoints(transform.Points, tiles, outputs);
            int pixels = (grid.Columns * transform.Tile) + WinogradTransform.Taps - 1;
            _halfInputs ??= lowering.AtPoints(1, pixels * transform.Side, Lanes.Count);
            _halfOutputs ??= lowering.AtPoints(1, transform.Tile * transform.Side, Lanes.Count);
            lowering.Emit(new TileInputKernel(title, values, moved(image), _halfInputs, grid, channels));
            lowering.Emit(new ContractKernel(
                title,
                products,
                Level.Sample,
                ImmutableArray.Create((Size)transform.Points),
                tiles,
                outputs,
                new ContractOperand(values, ImmutableArray.Create(values.Strides[0]), values.Strides[1], ImmutableArray.Create(1L)),
                new ContractOperand(panels, ImmutableArray.Create(panels.Strides[0]), 0, ImmutableArray<long>.Empty),
                ImmutableArray.Create((Size)channels),
                chains: 1,
                width,
                panels.Strides[1],
                new AccumulatorExpression()));
            lowering.Emit(new TileOutputKernel(
                title, moved(place), products, _halfOutputs, grid, outputs, ExpressionRewrite.MapViews(epilogue, moved)));
        }
    }

    /// <summary>[points, tiles, channels], channels padded; points an odd number of vectors apart, so that they share no cache set.</summary>
    private View AtPoints(int points, int tiles, int channels)
    {
        long row = Lanes.RoundUp(channels);
        long point = tiles * row;
        point += point / Lanes.Count % 2 == 0 ? Lanes.Count : 0;
        var buffer = new Buffer(Memory.Workspace, 0, points * point);
        _buffers.Add(buffer);
        return new View(buffer, 0, ImmutableArray.Create(point, row, 1), -1, ImmutableArray<AddressTerm>.Empty, PerSample: false, PaddedRows: true);
    }
}
