using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>
/// As many workspaces as there ever were calls at once. Renting one is a single interlocked instruction; threads begin their
/// search at different places, so that they rarely meet.
/// </summary>
internal sealed class WorkspacePool(int length)
{
    private readonly Lock _gate = new();
    private Workspace[] _all = [];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Workspace Rent()
    {
        var all = Volatile.Read(ref _all);
        return all.Length == 1 && all[0].TryTake() ? all[0] : Search(all);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Workspace Search(Workspace[] all)
    {
        uint spread = (uint)Environment.CurrentManagedThreadId * 0x9E3779B9;
        int start = (int)(((ulong)spread * (uint)all.Length) >> 32);
        for (int i = 0; i < all.Length; i++)
        {
            var candidate = all[start];
            if (candidate.TryTake())
            {
                return candidate;
            }

            start = start + 1 == all.Length ? 0 : start + 1;
        }

        var added = new Workspace(length);
        lock (_gate)
        {
            Volatile.Write(ref _all, [.. _all, added]);
        }

        return added;
    }
}
