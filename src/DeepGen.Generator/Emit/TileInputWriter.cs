using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>
/// Bᵀ d B for every tile, sixteen channels at a time. Tiles overlap, so a row of them is first transformed along the height,
/// pixel by pixel, and then tile by tile along the width.
/// </summary>
internal sealed class TileInputWriter(CodeWriter code)
{
    public static IEnumerable<View> Arguments(TileInputKernel kernel) => [kernel.Image, kernel.Scratch, kernel.Target];

    public void Write(TileInputKernel kernel, string name)
    {
        TileGrid grid = kernel.Grid;
        WinogradTransform transform = grid.Transform;
        (int tile, int side) = (transform.Tile, transform.Side);
        long[] x = kernel.Image.Strides.ToArray();
        long[] y = kernel.Target.Strides.ToArray();
        int pixels = (tile * grid.Columns) + WinogradTransform.Taps - 1;
        code.Line($"/// <summary>{grid.Rows} x {grid.Columns} tiles of {side} x {side} inputs of {kernel.Channels} channels, at {transform.Points} points.</summary>");
        code.Line(MethodText.Kernel);
        using (code.Braces($"private static void {name}(ref float x, ref float s, ref float y)"))
        using (code.Braces($"for (nint i = 0; i < {grid.Rows}; i++)"))
        using (code.Braces($"for (nint c = 0; c < {kernel.Channels}; c += 16)"))
        {
            using (code.Braces($"for (nint j = 0; j < {pixels}; j++)"))
            {
                code.Line($"ref float from = ref Unsafe.Add(ref x, {AddressText.Sum(0, [("i", tile * x[0]), ("j", x[1]), ("c", 1L)])});");
                code.Line($"ref float to = ref Unsafe.Add(ref s, j * {16 * side});");
                Transform(transform, "from", x[0], "to", 16);
            }

            using (code.Braces($"for (nint t = 0; t < {grid.Columns}; t++)"))
            using (code.Braces($"for (nint k = 0; k < {side}; k++)"))
            {
                code.Line($"ref float from = ref Unsafe.Add(ref s, (t * {16 * side * tile}) + (k * 16));");
                code.Line($"ref float to = ref Unsafe.Add(ref y, {AddressText.Sum(0, [("k", side * y[0]), ("i", grid.Columns * y[1]), ("t", y[1]), ("c", 1L)])});");
                Transform(transform, "from", 16 * side, "to", y[0]);
            }
        }
    }

    private void Transform(WinogradTransform transform, string from, long step, string to, long stepTo)
    {
        var inputs = new string[transform.Side];
        for (int k = 0; k < inputs.Length; k++)
        {
            code.Line($"L d{k} = L.Load(ref {from}, {NumberText.Of(k * step)});");
            inputs[k] = "d" + NumberText.Of(k);
        }

        string[] outputs = new LinearMapText(code, "v").Write(transform.Input, inputs);
        for (int k = 0; k < outputs.Length; k++)
        {
            code.Line($"L.Store({outputs[k]}, ref {to}, {NumberText.Of(k * stepTo)});");
        }
    }
}
