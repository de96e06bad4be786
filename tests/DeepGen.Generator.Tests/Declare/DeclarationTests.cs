using DeepGen.Generator.Declare;

namespace DeepGen.Generator.Tests.Declarations;

public sealed class DeclarationTests
{
    private const string Program = """
        namespace App.Nets;
        [Network]
        public sealed partial class Net
        {
            [Dense(3)] private partial Tensor Encode(Tensor x);
            [Use<Part>] internal static partial Tensor @in(Tensor @class);
            Tensor Forward([Shape(4)] Tensor x) => Relu(@in(Encode(x)));
        }
        [Block, Dense] partial class Part;
        """;

    [Fact]
    public void The_class_is_described_for_the_writer() => Assert.Equal(
        "App.Nets Net public sealed: private partial global::DeepGen.Tensor Encode(global::DeepGen.Tensor x); "
        + "internal static partial global::DeepGen.Tensor @in(global::DeepGen.Tensor @class)",
        Text(new UserProgram(Program).Declare("App.Nets.Net").Class!));

    [Fact]
    public void An_error_in_the_network_leaves_the_bodies_to_be_written()
    {
        Declaration declaration = new UserProgram(Program.Replace("Relu(", "Relu(null!")).Declare("App.Nets.Net");
        Assert.Null(declaration.Spec);
        Assert.Equal(2, declaration.Class!.LayerMethods.Count);
    }

    [Fact]
    public void A_block_has_bodies_too() => Assert.Equal(
        " Part internal: private partial global::DeepGen.Tensor Body(global::DeepGen.Tensor x)",
        Text(new UserProgram("""
            [Block]
            partial class Part
            {
                [Dense] private partial Tensor Body(Tensor x);
                Tensor Forward(Tensor x) => Body(x);
            }
            """).Declare("Part").Class!));

    [Fact]
    public void Moved_lines_and_comments_leave_the_spec_as_it_was()
    {
        Declaration before = new UserProgram(Program).Declare("App.Nets.Net");
        Declaration after = new UserProgram("// A comment.\n\n" + Program.Replace("Relu(@in", "/* why */ Relu( @in")).Declare("App.Nets.Net");
        Assert.Equal(before.Spec, after.Spec);
        Assert.Equal(before.Spec!.GetHashCode(), after.Spec!.GetHashCode());
        Assert.Equal(before.Class, after.Class);
        Assert.NotEqual(before.Places, after.Places);
    }

    [Fact]
    public void The_same_source_gives_an_equal_declaration() =>
        Assert.Equal(new UserProgram(Program).Declare("App.Nets.Net"), new UserProgram(Program).Declare("App.Nets.Net"));

    [Theory]
    [InlineData("Dense(3)", "Dense(4)")]
    [InlineData("[Block, Dense]", "[Block, Dense, Relu]")]
    [InlineData("Relu(", "Tanh(")]
    public void A_change_of_meaning_changes_the_spec(string from, string to) => Assert.NotEqual(
        new UserProgram(Program).Declare("App.Nets.Net").Spec,
        new UserProgram(Program.Replace(from, to)).Declare("App.Nets.Net").Spec);

    [Theory]
    [InlineData("App.Nets.Net/member:0/Units", "3")]
    [InlineData("App.Nets.Net/member:0/Bias", "Dense(3)")]
    [InlineData("App.Nets.Net/member:1", "Use<Part>")]
    [InlineData("App.Nets.Net/step:1", "Encode(x)")]
    [InlineData("App.Nets.Net/step:1/operand:0", "x")]
    [InlineData("App.Nets.Net/step:3", "Relu(@in(Encode(x)))")]
    [InlineData("App.Nets.Net/input:0/Shape", "4")]
    [InlineData("App.Nets.Net/nothing:7/of/the/kind", "Net")]
    [InlineData("App.Nets.Part/member:0", "Dense")]
    public void A_key_leads_to_its_place_or_to_its_parents(string key, string text)
    {
        var program = new UserProgram(Program);
        Place place = program.Declare("App.Nets.Net").Places.Find(key)!.Value;
        Assert.Equal("File0.cs", place.File);
        Assert.Equal(text, program.Compilation.SyntaxTrees[1].GetText().ToString(place.Span));
    }

    private static string Text(ClassSpec type) =>
        $"{type.Namespace} {type.Name} {type.Accessibility}{(type.IsSealed ? " sealed" : "")}: {string.Join("; ", type.LayerMethods.Select(m => m.Signature))}";
}
