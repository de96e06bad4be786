using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>
/// Linux gives pages of two megabytes to those who ask for them: a step that walks through more than the processor has addresses for
/// waits for fewer of them. No number changes by it, and where it is refused all goes on with small pages.
/// </summary>
internal static unsafe class LargePages
{
    private const nuint Size = 2 << 20;

    /// <summary>MADV_HUGEPAGE.</summary>
    private const int LargeOnes = 14;

    private static bool s_mayAsk = OperatingSystem.IsLinux();

    /// <summary>For as much as there are whole large pages in; before anybody has touched it.</summary>
    public static void AskFor(void* start, nuint length)
    {
        nuint first = ((nuint)start + Size - 1) & ~(Size - 1);
        nuint end = ((nuint)start + length) & ~(Size - 1);
        if (!s_mayAsk || end <= first)
        {
            return;
        }

        try
        {
            _ = Advise((void*)first, end - first, LargeOnes);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            s_mayAsk = false;
        }
    }

    [DllImport("libc", EntryPoint = "madvise")]
    private static extern int Advise(void* start, nuint length, int advice);
}
