namespace DeepGen.Generator.Tests.Ops;

public sealed class OpsDocumentTests
{
    [Fact]
    public void The_page_of_primitives_is_up_to_date()
    {
        string current = OpsDocument.Write();
        if (Environment.GetEnvironmentVariable("DEEPGEN_UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(OpsDocument.Path)!);
            File.WriteAllText(OpsDocument.Path, current);
        }

        string written = File.Exists(OpsDocument.Path) ? File.ReadAllText(OpsDocument.Path).ReplaceLineEndings("\n") : "";
        Assert.True(written == current, "docs/ops.md is stale: run this test with DEEPGEN_UPDATE_DOCS=1.");
    }
}
