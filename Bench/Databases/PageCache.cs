using System.Runtime.InteropServices;

namespace OrleansChat.Bench.Databases;

/// <summary>The kernel's cache of a file's pages.</summary>
internal static partial class PageCache
{
    private const int DontNeed = 4; // POSIX_FADV_DONTNEED

    /// <summary>Lets the pages go that are on the disk, so that the next reading comes from there.</summary>
    public static void Drop(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
        _ = Advise((int)file.DangerousGetHandle(), 0, 0, DontNeed);
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(int file, long offset, long length, int advice);
}
