using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Tests.Ir;

public sealed class ShapeTests
{
    [Fact]
    public void Shapes_of_equal_sizes_are_equal()
    {
        Assert.Equal(Shape.Of(Size.Batch, 3, Size.Named("T", 5)), Shape.Of(Size.Batch, 3, Size.Named("T", 5)));
        Assert.NotEqual(Shape.Of(Size.Batch, 3), Shape.Of(Size.Batch, 4));
        Assert.NotEqual(Shape.Of(Size.Batch), Shape.Of(Size.Named("T", 9)));
    }

    [Fact]
    public void A_shape_prints_its_symbols_by_name() => Assert.Equal("[B,3,5]", Shape.Of(Size.Batch, 3, 5).ToString());

    [Fact]
    public void Symbols_do_not_count_in_the_constant_length() => Assert.Equal(15, Shape.Of(Size.Batch, 3, 5).ConstantLength);
}
