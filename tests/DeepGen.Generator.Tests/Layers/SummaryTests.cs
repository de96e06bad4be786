using DeepGen.Generator.Check;
using static DeepGen.Generator.Tests.Layers.Specs;

namespace DeepGen.Generator.Tests.Layers;

public class SummaryTests
{
    [Fact]
    public void A_row_for_each_layer_with_its_cost()
    {
        var rows = new Elaborated(Network(
            [1, 28, 28],
            Layer("Conv2D", ("Channels", 32), ("Kernel", 3), ("Padding", 1)),
            Layer("Relu"),
            Layer("MaxPool2D", ("Size", 2)),
            Layer("Flatten"),
            Layer("Dense", ("Units", 10)))).Elaboration.Rows;
        SummaryRow[] expected =
        [
            new("0", "Conv2D", "[32, 28, 28]", 320, 2 * 9 * 32 * 28 * 28),
            new("1", "Relu", "[32, 28, 28]", 0, 32 * 28 * 28),
            new("2", "MaxPool2D", "[32, 14, 14]", 0, 32 * 14 * 14),
            new("3", "Flatten", "[6272]", 0, 0),
            new("4", "Dense", "[10]", 62730, 2 * 6272 * 10),
        ];
        Assert.Equal(expected, rows);
    }

    [Fact]
    public void A_stack_is_one_group_whose_figures_are_those_of_all_copies()
    {
        var rows = new Elaborated(Network([8], Stack(Residual("My.Block", Layer("Dense"), Layer("BatchNorm")), 500), Layer("Relu"))).Elaboration.Rows;
        SummaryRow[] expected =
        [
            new("0", "Block ×500", "[8]", 0, 0),
            new("0.*.0", "Dense", "[8]", 500 * 72, 500 * 2 * 64),
            new("0.*.1", "BatchNorm", "[8]", 500 * 16, 500 * 8),
            new("0.*", "Residual", "[8]", 0, 500 * 8),
            new("1", "Relu", "[8]", 0, 8),
        ];
        Assert.Equal(expected, rows);
    }

    [Fact]
    public void A_shared_layer_counts_its_parameters_once()
    {
        var module = new ModuleWriter("Net");
        int encode = module.Member("encode", Layer("Dense"));
        module.Output("y", module.Call(encode, module.Call(encode, module.Input("x", 4))));
        Assert.Equal([20, 0], new Elaborated(module.Network()).Elaboration.Rows.Select(r => r.Parameters));
    }

    [Fact]
    public void The_table_is_aligned_and_ends_in_totals()
    {
        string table = SummaryTable.Render("Small", new Elaborated(Network(
            [16, 4, 4], Layer("Conv2D", ("Channels", 32), ("Kernel", 3)), Layer("BatchNorm"), Layer("Flatten"), Layer("Dense", ("Units", 10)))).Elaboration);
        const string Expected = """
            Small
            --------------------------------------------------
            Layer  Kind       Output shape  Parameters   FLOPs
            --------------------------------------------------
            0      Conv2D     [32, 2, 2]         4,640  36,864
            1      BatchNorm  [32, 2, 2]            64     128
            2      Flatten    [128]                  -       -
            3      Dense      [10]               1,290   2,560
            --------------------------------------------------
            Parameters: 5,994 and 64 running statistics (24,232 bytes)
            FLOPs: 39,552 for one sample

            """;
        Assert.Equal(Expected.ReplaceLineEndings("\n"), table);
    }
}
