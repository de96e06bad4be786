using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>The columns of a product in tiles of so many vectors: those that are alike, and the vectors of the one after them that is not.</summary>
/// <param name="Last">0 where all are alike.</param>
/// <param name="Partial">The columns in the very last vector that are stored alone, 0 where it is stored whole.</param>
internal sealed record ColumnTiles(int Alike, int Last, int Partial)
{
    public static ColumnTiles Of(ContractKernel kernel, int width)
    {
        int vectors = (kernel.Columns.Value + Lanes.Count - 1) / Lanes.Count;
        int partial = kernel.Target.PaddedRows ? 0 : kernel.Columns.Value % Lanes.Count;
        int alike = (partial == 0 ? vectors : vectors - 1) / width;
        return new(alike, vectors - (alike * width), partial);
    }
}
