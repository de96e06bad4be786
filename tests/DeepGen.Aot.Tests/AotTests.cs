using DeepGen.Tests;

namespace DeepGen.Aot.Tests;

/// <summary>
/// The sample as one native file: nothing to trim around, small, no kernels for processors it was not published for, and the same bits as under the JIT.
/// </summary>
public sealed class AotTests(FirstNetworkBuilds sample, DigitsBuilds digits) : IClassFixture<FirstNetworkBuilds>, IClassFixture<DigitsBuilds>
{
    private const long SizeLimit = 3 * 1024 * 1024;

    [AotTheory]
    [InlineData("native", "DOTNET_EnableAVX512", "1")]
    [InlineData("avx2,fma", "DOTNET_EnableAVX512", "0")]
    public void The_published_sample_is_clean_and_small_and_computes_what_the_JIT_computes(string instructionSet, string setting, string value)
    {
        var publish = sample.Publish(instructionSet).MustSucceed();

        Assert.DoesNotContain(publish.Lines, line => line.Contains(": warning ", StringComparison.OrdinalIgnoreCase));
        Assert.InRange(new FileInfo(sample.NativeProgram(instructionSet)).Length, 1, SizeLimit);

        Assert.DoesNotContain("Lanes128", sample.Map());

        var native = sample.RunNative(instructionSet);
        var jit = sample.RunJit((setting, value));
        Assert.Equal(Line(jit, "Instruction set:"), Line(native, "Instruction set:"));
        Assert.Equal(Line(jit, "Output hash:"), Line(native, "Output hash:"));
    }

    [AotTheory]
    [InlineData("native")]
    public void The_published_sample_trains_to_the_weights_the_JIT_trains_to(string instructionSet)
    {
        var publish = digits.Publish(instructionSet).MustSucceed();

        Assert.DoesNotContain(publish.Lines, line => line.Contains(": warning ", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(Line(digits.RunJit(), "Weights:"), Line(digits.RunNative(instructionSet), "Weights:"));
    }

    private static string Line(CommandResult result, string start) => Assert.Single(result.Lines, line => line.StartsWith(start));
}
