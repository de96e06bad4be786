using System.Runtime.InteropServices;

namespace DeepGen.Tests;

/// <summary>Memory that ends where touching the next byte, or begins where touching the last one, ends the process.</summary>
internal sealed unsafe partial class GuardedPage : IDisposable
{
    private const int ReadWrite = 3;
    private const int Private = 2;
    private const int AnonymousOnLinux = 0x20;
    private const int AnonymousOnMac = 0x1000;

    private static readonly int Size = Environment.SystemPageSize;

    private readonly byte* _pages;

    public GuardedPage()
    {
        _pages = Map(null, (nuint)(3 * Size), ReadWrite, Private | (OperatingSystem.IsMacOS() ? AnonymousOnMac : AnonymousOnLinux), -1, 0);
        Assert.NotEqual(-1, (nint)_pages);
        Assert.Equal(0, Protect(_pages, (nuint)Size, 0));
        Assert.Equal(0, Protect(_pages + (2 * Size), (nuint)Size, 0));
    }

    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    public ref float First => ref *(float*)(_pages + Size);

    public ref float End => ref *(float*)(_pages + (2 * Size));

    public void Dispose() => Unmap(_pages, (nuint)(3 * Size));

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
