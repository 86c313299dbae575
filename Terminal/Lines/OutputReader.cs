using System.Runtime.InteropServices;

namespace OrleansChat.Terminal.Lines;

/// <summary>Whoever reads our output. A write tells that they have gone; before anything is said, only asking does.</summary>
internal static partial class OutputReader
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    /// <summary>Completes once the other end of the output is closed.</summary>
    public static async Task Gone(CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows()) await Task.Delay(Timeout.Infinite, cancel);
        while (!IsClosed()) await Task.Delay(Often, cancel);
    }

    private static bool IsClosed()
    {
        var output = new Polled { File = 1 };
        return Poll(ref output, 1, 0) > 0 && (output.Happened & Error) != 0;
    }

    private const short Error = 8; // POLLERR, on Linux and macOS

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int File;
        public short Asked;
        public short Happened;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref Polled files, nint count, int milliseconds);
}
