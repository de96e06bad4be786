using DeepGen.Generator.Declare;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Tests.Declarations;

public sealed class StackTests
{
    [Fact]
    public void Layers_of_a_stack_are_numbered_and_called_in_order() => Reads(
        """
        [Network, Input(1, 28, 28)]
        [Conv2D(32, 3, Padding = 1), Relu, MaxPool2D(2)]
        [Flatten, Dense(10, Bias = false)]
        public sealed partial class Net;
        """,
        """
        0: Conv2D(Channels=32, Kernel=3, Padding=1)
        1: Relu()
        2: MaxPool2D(Size=2)
        3: Flatten()
        4: Dense(Units=10, Bias=0)
        %0 = input input [1,28,28]
        %1 0 = 0(%0)
        %2 1 = 1(%1)
        %3 2 = 2(%2)
        %4 3 = 3(%3)
        %5 4 = 4(%4)
        -> output %5
        """);

    [Fact]
    public void A_residual_adds_the_input_last() => Reads(
        """
        [Network, Residual, Input(3, 4, 4, Name = "image", Layout = Layout.Hwc)]
        [Reshape(4, -1, 4), Transpose(permutation: [1, 0, 2]), LeakyRelu(slope: 0.5f), Relu]
        public sealed partial class Net;
        """,
        """
        0: Reshape(Shape=4/-1/4)
        1: Transpose(Permutation=1/0/2)
        2: LeakyRelu(Slope=0.5)
        3: Relu()
        %0 = input image [3,4,4] hwc
        %1 0 = 0(%0)
        %2 1 = 1(%1)
        %3 2 = 2(%2)
        %4 3 = 3(%3)
        %5 = Residual(%4, %0)
        -> output %5
        """);

    [Fact]
    public void Blocks_are_read_from_other_files_however_they_are_named()
    {
        var program = new UserProgram(
            "[Network, Input(4)] [Stack<Nets.Part>(500), Use(typeof(Nets.Part)), Use<Nets.Part>, Stack(typeof(Nets.Part), 2)] public sealed partial class Net;",
            "namespace Nets; [Block, Dense] public sealed partial class Part;");
        ModuleSpec module = program.Spec("Net").Module;
        Assert.StartsWith(
            """
            0: Stack(Count=500) of Nets.Part
            1: Use() of Nets.Part
            2: Use() of Nets.Part
            3: Stack(Count=2) of Nets.Part
            """,
            SpecText.Of(module));
        Assert.Equal("0: Dense()\n%0 = input input\n%1 0 = 0(%0)\n-> output %1", SpecText.Of(module.Members[0].Layer.Block!));
    }

    [Fact]
    public void A_block_of_another_assembly_is_read_from_its_attributes()
    {
        Declaration declaration = DeclareBeside(
            "namespace Lib; [Block, Dense(units: 0, Expand = 2), LeakyRelu(0.25f)] public sealed class Part;",
            "[Network, Input(4), Use<Lib.Part>] public sealed partial class Net;",
            out CSharpCompilation program);
        ModuleSpec block = declaration.Spec!.Module.Members[0].Layer.Block!;
        Assert.StartsWith("0: Dense(Expand=2)\n1: LeakyRelu(Slope=0.25)", SpecText.Of(block));
        string text = program.SyntaxTrees[1].GetText().ToString(declaration.Places.Find("Lib.Part/member:0/Expand")!.Value.Span);
        Assert.Equal("Lib.Part", text);
    }

    [Fact]
    public void A_block_with_Forward_in_another_assembly_is_refused()
    {
        DeclareFinding finding = Assert.Single(DeclareBeside(
            "[Block] public sealed class Part { private Tensor Forward(Tensor x) => Relu(x); }",
            "[Network, Input(4), Use<Part>] public sealed partial class Net;",
            out _).Findings);
        Assert.Equal("DG0019", finding.Id);
        Assert.Equal("its Forward method is in another assembly, of which only attributes can be read", finding.Arguments[2]);
    }

    [Fact]
    public void Readings_are_listed_with_their_places()
    {
        var program = new UserProgram("[Network, Input(4), Relu, Trace, Certify] public sealed partial class Net;");
        Assert.Equal(["Trace", "Certify"], program.Spec("Net").Readings.Select(r => r.Name));
        Assert.Equal("Certify", program.Compilation.SyntaxTrees[1].GetText().ToString(program.Declare("Net").Places.Find("Net/reading:Certify")!.Value.Span));
    }

    /// <summary>Declares Net in a program that refers to a compiled library.</summary>
    private static Declaration DeclareBeside(string library, string source, out CSharpCompilation program)
    {
        var image = new MemoryStream();
        Assert.True(UserProgram.Compile("Library", UserProgram.Platform, library).Emit(image).Success);
        program = UserProgram.Compile("App", [.. UserProgram.Platform, MetadataReference.CreateFromImage(image.ToArray())], source);
        return NetworkDeclaration.Declare(program.GetTypeByMetadataName("Net")!, program, default);
    }

    private static void Reads(string source, string expected) =>
        Assert.Equal(expected, SpecText.Of(new UserProgram(source).Spec("Net").Module));
}
