using System.Globalization;
using DeepGen.Runtime;

namespace DeepGen.Tests;

public sealed unsafe class LargePagesTests
{
    private const int Floats = 16 << 20;

    [LargePagesFact]
    public void Large_memory_asks_for_large_pages()
    {
        var buffer = new AlignedBuffer(Floats);
        Assert.Contains("hg", Flags((nuint)(buffer.Address + (Floats / 2))).Split(' '));
        GC.KeepAlive(buffer);
    }

    [Fact]
    public void What_holds_no_large_page_is_left_alone()
    {
        LargePages.AskFor((void*)4096, 1 << 20);
        Assert.All(new AlignedBuffer(1000).Span.ToArray(), v => Assert.Equal(0, v));
    }

    /// <summary>What the kernel says of the mapping an address lies in.</summary>
    private static string Flags(nuint address)
    {
        bool isThere = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            string[] range = line.Split(' ')[0].Split('-');
            if (range.Length == 2 && nuint.TryParse(range[0], NumberStyles.HexNumber, null, out nuint first))
            {
                isThere = first <= address && address < nuint.Parse(range[1], NumberStyles.HexNumber);
            }
            else if (isThere && line.StartsWith("VmFlags:", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return "";
    }

    /// <summary>A fact where there are large pages to ask for.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class LargePagesFactAttribute : FactAttribute
    {
        public LargePagesFactAttribute() =>
            Skip = Directory.Exists("/sys/kernel/mm/transparent_hugepage") ? null : "This system has no transparent large pages.";
    }
}
