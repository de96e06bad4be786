using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Networks;

public sealed class FoundBeforeTests
{
    public static TheoryData<string> Names => [.. FoundBefore.Networks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_right_now(string what) => Agreement.Check(CompiledSource.Load(FoundBefore.Networks[what]), "N", 1, 2, 3, 7, 64);
}
