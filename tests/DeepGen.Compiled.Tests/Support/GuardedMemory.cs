using System.Buffers;
using System.Runtime.InteropServices;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>Floats that begin, or end, where touching what lies beyond them ends the process.</summary>
internal sealed unsafe partial class GuardedMemory : MemoryManager<float>
{
    private const int ReadWrite = 3;
    private const int Private = 2;
    private const int AnonymousOnLinux = 0x20;
    private const int AnonymousOnMac = 0x1000;

    private readonly byte* _pages;
    private readonly int _bytes;
    private readonly int _length;
    private readonly bool _atEnd;

    public GuardedMemory(int length, bool atEnd)
    {
        int page = Environment.SystemPageSize;
        (_length, _atEnd, _bytes) = (length, atEnd, (((length * sizeof(float)) + page - 1) / page * page) + (2 * page));
        _pages = Map(null, (nuint)_bytes, ReadWrite, Private | (OperatingSystem.IsMacOS() ? AnonymousOnMac : AnonymousOnLinux), -1, 0);
        Assert.NotEqual(-1, (nint)_pages);
        Assert.Equal(0, Protect(_pages, (nuint)page, 0));
        Assert.Equal(0, Protect(_pages + _bytes - page, (nuint)page, 0));
    }

    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    public override Span<float> GetSpan()
    {
        int page = Environment.SystemPageSize;
        return new((_atEnd ? _pages + _bytes - page - (_length * sizeof(float)) : _pages + page), _length);
    }

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing) => Unmap(_pages, (nuint)_bytes);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
