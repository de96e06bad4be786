using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>The call of one tile: which body, and where its rows, its weights and all else begin.</summary>
internal sealed partial class ContractWriter
{
    /// <summary>Distances that fit an instruction, in numbers of four bytes.</summary>
    private const long Far = 1 << 28;

    /// <param name="row">The variable of a loop over tiles that are alike; null of a single one.</param>
    /// <param name="firstRow">Where the tile begins, or the first of the loop.</param>
    private void Call(ContractKernel kernel, int rows, int vectors, string? row, int firstRow, string weight, string column, int partial)
    {
        List<LoadExpression> extras = TileWriter.Extras(kernel.Result);
        bool chunk = kernel.Level == Level.Chunk;
        int depthAxes = kernel.DepthExtents.Length;
        Size innermost = kernel.DepthExtents[depthAxes - 1];
        bool unitStep = kernel.Left.DepthStrides[depthAxes - 1] == 1;
        bool packed = _panelWidth is 16 or 32;
        long leftRow = LeftRow(kernel);
        long targetRow = RowStride(kernel, kernel.Target);
        bool rightSteps = kernel.Right.DepthStrides.Length > 1;
        int together = Together(rows);
        TileWindow? window = WindowOf(kernel);
        int pixels = window?.Pixels ?? 1;
        int sums = rows * pixels * (window?.Lines ?? 1);
        IReadOnlyList<TapRun> runs = kernel.Taps?.Runs(firstRow * pixels, rows * pixels, together) ?? [];
        Size step = runs.Count > 0 ? kernel.Taps!.Channels : innermost;
        int unrolled = kernel.Triangle == Triangle.None && runs.Count == 0 ? TileWriter.Unrolled(sums / together, vectors, depthAxes, innermost) : 0;
        bool isWhole = kernel.Triangle == Triangle.None && kernel.OverlapAlong(depthAxes - 1) is null && step.IsConstant && step.Value % _room.Steps == 0;
        int written = (runs.Count > 0 ? runs.Sum(r => r.Rows) : sums / together) * vectors * (_room.Steps + (isWhole ? 0 : 1));
        int steps = unrolled > 0 || kernel.Chains > 1 ? 1
            : written <= MostProducts && written + TileEpilogue.Written(sums / together, vectors, kernel.Result) <= MostOperations ? _room.Steps : _room.StepsOfLong;
        string? turn = _fetches && unrolled == 0 && sums >= ShortestFetching ? Turn(kernel, rows, row) : null;
        var shape = new TileShape(
            rows, vectors, depthAxes, unrolled, kernel.Chains, unitStep, packed ? _panelWidth : 0, together > 1 ? 0 : partial, ExtraRowVaries(kernel, extras))
        {
            Window = window,
            RightSteps = rightSteps,
            IsPaired = IsPaired(kernel),
            IsTwin = together > 1,
            VectorsApart = _halvesApart,
            Steps = steps,
            Fetches = turn is not null,
            LeftRow = IsMultipliedInMemory(vectors, unrolled) && window is null && rows > 1 && leftRow > 0 && rows * leftRow < Far ? leftRow : 0,
            HasRest = steps > 1 && !isWhole,
            Runs = runs,
        };
        string tile = tiles.Request(shape, kernel.Result);

        var arguments = new List<string>
        {
            At("x", kernel.Left.OuterStrides, leftRow, null, kernel.Left.DepthStrides),
        };
        if (shape.TakesLeftRow)
        {
            arguments.Add(NumberText.Of(kernel.Window?.PixelStride ?? leftRow));
        }

        if (shape.Lines > 1)
        {
            arguments.Add(NumberText.Of(kernel.Window!.LineStride));
        }

        ImmutableArray<long> depthSteps = rightSteps ? kernel.Right.DepthStrides : RowsApart(kernel.DepthExtents);
        string rightOffset = AddressText.Sum(0, OuterTerms(kernel, kernel.Right.OuterStrides).Concat(Skipped(depthSteps)).Concat(Before(_panelWidth)));
        arguments.Add(AddressText.Reference("w", rightOffset == "0" ? weight : weight == "0" ? rightOffset : $"{rightOffset} + {weight}"));
        if (!packed)
        {
            arguments.Add(NumberText.Of(_panelWidth));
        }

        if (shape.Panels > 1)
        {
            arguments.Add(NumberText.Of(_panelStride));
        }

        if (turn is not null)
        {
            arguments.Add(Ahead(kernel, turn, vectors, steps));
        }

        if (window is { IsCut: true })
        {
            arguments.Add("above");
            arguments.Add("below");
        }

        for (int axis = 0; axis < depthAxes - 1; axis++)
        {
            arguments.Add(DepthAlong(kernel, axis));
            arguments.Add(NumberText.Of(kernel.Left.DepthStrides[axis]));
            if (rightSteps)
            {
                arguments.Add(NumberText.Of(kernel.Right.DepthStrides[axis]));
            }
        }

        if (unrolled == 0)
        {
            arguments.Add(runs.Count > 0 ? SizeText.Of(step) : Depth(kernel, rows, row ?? NumberText.Of(firstRow), column));
        }

        if (!unitStep)
        {
            arguments.Add(NumberText.Of(kernel.Left.DepthStrides[depthAxes - 1]));
        }

        arguments.Add(At("y", OuterStrides(kernel.Target), targetRow, column));
        if (rows > 1)
        {
            arguments.Add(NumberText.Of(targetRow));
        }

        arguments.AddRange(ExtraArguments(kernel, extras, shape.HasRows, (name, view, rowStride, columnVaries) =>
            At(name, OuterStrides(view), rowStride, columnVaries ? column : null)));
        code.Line($"{(shape.IsTwin ? _twinLanes : "")}{tile}({string.Join(", ", arguments)});");

        IReadOnlyList<long> OuterStrides(View view) => view.Strides.Take(kernel.OuterExtents.Length).ToList();

        // Zeros before the diagonal are passed over.
        IEnumerable<(string, long)> Before(long step) => kernel.Triangle == Triangle.LeftTransposed ? [(row ?? NumberText.Of(firstRow), step)] : [];

        IEnumerable<(string, long)> Skipped(ImmutableArray<long> steps) => Enumerable.Range(0, kernel.Overlaps.Length)
            .Where(axis => kernel.Overlaps[axis] is not null)
            .Select(axis => ($"skipped{axis}", steps[axis]));

        ImmutableArray<long> RowsApart(ImmutableArray<Size> extents) => Enumerable.Range(1, extents.Length)
            .Select(axis => extents.Skip(axis).Aggregate((long)_panelWidth, (n, e) => n * e.Value))
            .ToImmutableArray();

        string At(string name, IReadOnlyList<long> outer, long rowStride, string? columns, ImmutableArray<long>? depth = null)
        {
            IEnumerable<(string, long)> terms = OuterTerms(kernel, outer);
            if (depth is { } steps)
            {
                terms = terms.Concat(Skipped(steps)).Concat(Before(steps[0]));
            }

            if (row is not null)
            {
                terms = terms.Append((row, rowStride));
            }

            string offset = AddressText.Sum(row is null ? firstRow * rowStride : 0, terms);
            if (columns is not null && columns != "0")
            {
                offset = offset == "0" ? columns : $"{offset} + {columns}";
            }

            return AddressText.Reference(name, offset);
        }
    }

    /// <summary>Whether a number of the left factor is multiplied where it lies, since it is used once and a register holds a whole vector.</summary>
    private bool IsMultipliedInMemory(int vectors, int unrolled) => _room == TileRoom.Wide && vectors == 1 && unrolled == 0;

    /// <summary>How deep the sums of a tile go: those that only meet zeros, or are not wanted, need not be taken.</summary>
    private static string Depth(ContractKernel kernel, int rows, string row, string column)
    {
        string depth = DepthAlong(kernel, kernel.DepthExtents.Length - 1);
        return kernel.Triangle switch
        {
            Triangle.Result => $"{column} < {row} + {rows} ? {depth} : 0",
            Triangle.Left => $"Math.Min({depth}, {row} + {rows})",
            Triangle.LeftTransposed => $"Math.Max(0, {depth} - {row})",
            _ => depth,
        };
    }

    /// <summary>How far sums go along an axis.</summary>
    private static string DepthAlong(ContractKernel kernel, int axis) =>
        kernel.OverlapAlong(axis) is null ? SizeText.Of(kernel.DepthExtents[axis]) : $"taken{axis}";

    private static IEnumerable<(string Index, long Stride)> OuterTerms(ContractKernel kernel, IReadOnlyList<long> strides) =>
        strides.Select((s, axis) => ("o" + NumberText.Of(axis), s)).Where((_, axis) => SizeText.IsLoop(kernel.OuterExtents[axis]));

    private static bool[] ExtraRowVaries(ContractKernel kernel, List<LoadExpression> extras) => extras.Select(e => RowStride(kernel, e.View) != 0).ToArray();

    /// <summary>Where each thing begins that the epilogue reads, and, of several rows, the distance of those that differ.</summary>
    /// <param name="at">The reference by name, view, row distance, and whether columns differ.</param>
    private static IEnumerable<string> ExtraArguments(
        ContractKernel kernel, List<LoadExpression> extras, bool haveRows, Func<string, View, long, bool, string> at)
    {
        for (int i = 0; i < extras.Count; i++)
        {
            View view = extras[i].View;
            long rowStride = RowStride(kernel, view);
            yield return at("e" + NumberText.Of(i), view, rowStride, view.Strides[view.Strides.Length - 1] != 0);
            if (haveRows && rowStride != 0)
            {
                yield return NumberText.Of(rowStride);
            }
        }
    }

    private static long LeftRow(ContractKernel kernel) => kernel.Level == Level.Chunk ? SampleStride(kernel.Left.View) : kernel.Left.RowStride;

    private static long RowStride(ContractKernel kernel, View view) =>
        kernel.Level == Level.Chunk ? SampleStride(view) : view.Strides[kernel.OuterExtents.Length];

    private static long SampleStride(View view) => view.PerSample ? view.Buffer.SampleStride : 0;
}
