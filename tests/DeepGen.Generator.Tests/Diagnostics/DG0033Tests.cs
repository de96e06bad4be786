namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0033Tests : DiagnosticTest
{
    private const string OneSize = "[Stream] cannot be written: there must be one size of the inputs that is known at run time only, and it is time: [Size(\"T\", 128), Input(\"T\", 64)]";

    [Fact]
    public void A_stream_goes_along_a_size_that_calls_choose() =>
        Says(OneSize, at: "Stream", "[Network, Input(64, 8), Stream] [Lstm(32), Dense(4)] public sealed partial class Net;");

    [Fact]
    public void Of_two_sizes_neither_is_time() =>
        Says(
            OneSize,
            at: "Stream",
            """
            [Network, Size("T", 9), Size("S", 9), Stream]
            public sealed partial class Net
            {
                (Tensor, Tensor) Forward([Shape("T", 4)] Tensor x, [Shape("S", 4)] Tensor y) => (Relu(x), Relu(y));
            }
            """);

    [Fact]
    public void One_size_of_two_inputs_is_time() => IsFine(
        """
        [Network, Size("T", 9), Stream]
        public sealed partial class Net
        {
            Tensor Forward([Shape("T", 4)] Tensor x, [Shape("T", 4)] Tensor y) => x + y;
        }
        """);
}
