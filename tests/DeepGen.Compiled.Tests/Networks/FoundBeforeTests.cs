using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Networks;

public sealed class FoundBeforeTests
{
    public static TheoryData<string> Names => [.. FoundBefore.Networks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_right_now(string what)
    {
        CompiledSource source = CompiledSource.Load(FoundBefore.Networks[what]);
        Agreement.Check(source, "N", 1, 2, 3, 7, 64);
        Assert.Null(GuardedCall.Difference(source.Create("N")));
    }
}
