using DeepGen.Runtime;

namespace DeepGen.Tests;

public class ArgumentsTests
{
    [Fact]
    public void The_batch_follows_from_the_length()
    {
        Assert.Equal(3, Arguments.Batch(30, 10, "x"));
        Assert.Equal(0, Arguments.Batch(0, 10, "x"));
    }

    [Fact]
    public void A_length_that_is_no_multiple_is_told() => Assert.StartsWith(
        "input 'image' has 780 values; one sample has 784, so the length must be a multiple of 784",
        Assert.Throws<ArgumentException>("image", () => Arguments.Batch(780, 784, "image")).Message);

    [Fact]
    public void A_second_input_has_as_many_samples_as_the_first()
    {
        Arguments.Input(30, 3, 10, "right");
        Assert.StartsWith(
            "input 'right' has 20 values; 3 samples of 10 make 30",
            Assert.Throws<ArgumentException>("right", () => Arguments.Input(20, 3, 10, "right")).Message);
    }

    [Fact]
    public void An_output_has_room_for_the_batch_and_no_more()
    {
        Arguments.Output(30, 3, 10, "y");
        Assert.StartsWith(
            "output 'y' has 1 value; 1 sample of 10 make 10", Assert.Throws<ArgumentException>("y", () => Arguments.Output(1, 1, 10, "y")).Message);
        Assert.Throws<ArgumentException>("y", () => Arguments.Output(0, int.MaxValue, 1 << 20, "y"));
    }

    [Fact]
    public void An_output_over_an_input_is_refused()
    {
        var memory = new float[20];
        Arguments.Apart(memory.AsSpan(0, 10), memory.AsSpan(10), "x", "y");
        Assert.StartsWith(
            "output 'y' shares memory with input 'x'",
            Assert.Throws<ArgumentException>("y", () => Arguments.Apart(memory.AsSpan(0, 11), memory.AsSpan(10), "x", "y")).Message);
    }

    [Fact]
    public void The_number_of_tensors_is_checked()
    {
        Arguments.Count(2, 2, "inputs");
        Assert.StartsWith(
            "the network has 2 inputs, but 1 were passed", Assert.Throws<ArgumentException>(() => Arguments.Count(1, 2, "inputs")).Message);
    }

    [Fact]
    public void At_least_one_thread_is_needed()
    {
        Assert.Equal(2, Arguments.Threads(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Arguments.Threads(0));
    }
}
