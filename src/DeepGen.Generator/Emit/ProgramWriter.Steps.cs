using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <content>What a kernel reads and writes, and the method that it becomes.</content>
internal sealed partial class ProgramWriter
{
    /// <summary>Vector operations that are part of the method for one sample so far.</summary>
    private long _inlined;

    private static IEnumerable<View> Views(Kernel kernel) => kernel switch
    {
        ContractKernel contract => ContractWriter.Arguments(contract),
        NestKernel nest => NestWriter.Arguments(nest),
        RowsKernel rows => rows.Views,
        SparseKernel sparse => SparseWriter.Arguments(sparse),
        EdgeKernel edges => EdgeWriter.Arguments(edges),
        GatherKernel gather => GatherWriter.Arguments(gather),
        SizeKernel size => [size.Target],
        ScatterKernel scatter => ScatterWriter.Arguments(scatter),
        NoiseKernel noise => NoiseWriter.Arguments(noise),
        LiveListKernel or LiveFilterKernel or LiveImageKernel => LiveWriter.Arguments(kernel),
        TileInputKernel tiles => TileInputWriter.Arguments(tiles),
        TileOutputKernel tiles => TileOutputWriter.Arguments(tiles),
        _ => [],
    };

    private string Step(Kernel kernel)
    {
        var code = new CodeWriter();
        bool isInlined = _isSingle && (_inlined += SingleSample.Cost(kernel)) <= SingleSample.MostInlined;
        string kind;
        switch (kernel)
        {
            case ContractKernel contract:
                kind = _isSingle ? "Row" : "Product";
                new ContractWriter(code, _tiles, className) { IsSingle = _isSingle, IsInlined = isInlined }.Write(contract, Placeholder);
                break;
            case NestKernel nest:
                kind = nest.Reduction?.ToString() ?? "Map";
                new NestWriter(code, nest) { IsSingle = _isSingle, IsInlined = isInlined }.Write(Placeholder);
                break;
            case RowsKernel rows:
                kind = "EachRow";
                new RowsWriter(code, rows) { IsInlined = isInlined }.Write(Placeholder);
                break;
            case SizeKernel size:
                kind = "Size";
                code.Line($"private static void {Placeholder}(ref float y{SizeText.Parameters(size.Symbols)}) => y = {SizeText.Of(size.Size)};");
                break;
            case ScatterKernel scatter:
                kind = "Scatter";
                new ScatterWriter(code).Write(scatter, Placeholder);
                break;
            case SparseKernel sparse:
                kind = "Sparse";
                new SparseWriter(code, sparse).Write(Placeholder);
                break;
            case EdgeKernel edges:
                kind = "Edges";
                new EdgeWriter(code, edges).Write(Placeholder);
                break;
            case NoiseKernel noise:
                kind = "Noise";
                new NoiseWriter(code).Write(noise, Placeholder);
                break;
            case LiveListKernel or LiveFilterKernel or LiveImageKernel:
                kind = "Winners";
                new LiveWriter(code, Placeholder).Write(kernel);
                break;
            case TileInputKernel tiles:
                kind = "Tiles";
                new TileInputWriter(code).Write(tiles, Placeholder);
                break;
            case TileOutputKernel tiles:
                kind = "Outputs";
                new TileOutputWriter(code).Write(tiles, Placeholder);
                break;
            default:
                kind = "Gather";
                new GatherWriter(code).Write((GatherKernel)kernel, Placeholder);
                break;
        }

        string text = code.ToString();
        if (!_steps.TryGetValue(text, out string name))
        {
            _steps.Add(text, name = kind + NumberText.Of(_steps.Count + 1));
        }

        return name;
    }
}
