using System.Collections.Immutable;

namespace DeepGen.Tests;

public class SignatureTests
{
    [Fact]
    public void Signatures_are_compared_by_value()
    {
        Assert.Equal(Signature(3), Signature(3));
        Assert.Equal(Signature(3).GetHashCode(), Signature(3).GetHashCode());
        Assert.NotEqual(Signature(3), Signature(4));
    }

    [Fact]
    public void Signatures_read_as_text() => Assert.Equal("Net: x [1, 28, 28] -> y [3]", Signature(3).ToString());

    [Fact]
    public void A_sample_has_the_product_of_its_sizes() => Assert.Equal(784, Signature(3).Inputs[0].Length);

    [Fact]
    public void A_named_tensor_holds_what_its_shape_says()
    {
        Assert.Equal("stem [2, 3]", new NamedTensor("stem", [2, 3], new float[6]).ToString());
        Assert.Throws<ArgumentException>(() => new NamedTensor("stem", [2, 3], new float[5]));
    }

    private static NetworkSignature Signature(int outputs) => new(
        "Net", [new TensorSignature("x", [1, 28, 28])], ImmutableArray.Create(new TensorSignature("y", [outputs])));
}
