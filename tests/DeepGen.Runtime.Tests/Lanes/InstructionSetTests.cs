using DeepGen.Runtime;

namespace DeepGen.Tests;

public class InstructionSetTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "AVX-512")]
    [InlineData("DOTNET_EnableAVX2", "AVX-512")]
    [InlineData("DOTNET_EnableAVX2", "AVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic", "AVX-512")]
    [InlineData("DOTNET_EnableHWIntrinsic", "AVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic", "NEON")]
    [InlineData("DOTNET_EnableHWIntrinsic", "128-bit vectors")]
    public void A_set_turned_off_is_not_used(string variable, string name)
    {
        if (Environment.GetEnvironmentVariable(variable) == "0")
        {
            Assert.NotEqual(name, InstructionSet.Name);
        }
    }

    [Fact]
    public void A_wider_set_includes_the_narrower()
    {
        Assert.True(!InstructionSet.Avx512 || InstructionSet.Avx2);
        Assert.True(!(InstructionSet.Avx2 || InstructionSet.Neon) || InstructionSet.Vector128);
    }

    [Fact]
    public void Only_one_register_of_sixteen_lanes_is_wide()
    {
        Assert.True(Wide<Lanes512>());
        Assert.False(Wide<Lanes256>() || Wide<LanesNeon>() || Wide<Lanes128>() || Wide<LanesScalar>());
    }

    private static bool Wide<T>()
        where T : struct, ILanes<T> => T.IsWide;
}
