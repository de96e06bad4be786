using DeepGen.Tests;

namespace DeepGen.Compiled.Tests.Golden;

/// <summary>
/// Compares text with a <c>*.verified.*</c> file beside the test, in Verify's file convention. What was received instead
/// is left as <c>*.received.*</c>; DEEPGEN_UPDATE_GOLDEN=1 accepts it.
/// </summary>
internal static class Verified
{
    public static void Check(string name, string text, string extension = "cs")
    {
        string folder = Repository.Folder("tests", "DeepGen.Compiled.Tests", "Golden");
        string verified = Path.Combine(folder, $"{name}.verified.{extension}");
        string received = Path.Combine(folder, $"{name}.received.{extension}");
        if (Environment.GetEnvironmentVariable("DEEPGEN_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(verified, text);
        }

        string expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (expected == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        string[] was = expected.Split('\n');
        string[] now = text.Split('\n');
        int line = Enumerable.Range(0, Math.Max(was.Length, now.Length)).First(i => i >= was.Length || i >= now.Length || was[i] != now[i]);
        Assert.Fail(
            $"{Path.GetFileName(verified)} differs from line {line + 1} on:\n  was {(line < was.Length ? was[line] : "(nothing)")}\n  now {(line < now.Length ? now[line] : "(nothing)")}\n"
            + "If the change is meant, run this test with DEEPGEN_UPDATE_GOLDEN=1 and look at the difference.");
    }
}
