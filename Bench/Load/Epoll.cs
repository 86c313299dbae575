using System.ComponentModel;
using System.Runtime.InteropServices;

namespace OrleansChat.Bench.Load;

/// <summary>
/// Linux' epoll(7), with send(2) and recv(2): the load waits, reads and writes on one thread, without the framework's
/// own event loop and thread pool between, so that the server is what is measured.
/// </summary>
internal sealed partial class Epoll : IDisposable
{
    private const int MaxEvents = 1024;
    private const int Add = 1;
    private const uint Readable = 0x1, Writable = 0x4, Edge = 1u << 31;
    private const int DontWait = 0x40, NoSignal = 0x4000;
    private const int Again = 11, Interrupted = 4; // errno

    // struct epoll_event is packed on x86-64, and nowhere else.
    private static readonly int eventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int dataAt = eventSize - 8;

    private readonly int epoll = Checked(EpollCreate(0));
    private readonly byte[] events = new byte[MaxEvents * eventSize];

    /// <summary>
    /// Begins to watch a socket. It is told of once for all that came, so that it must be read empty then: else the kernel
    /// would look at it again with every wait, and whoever sends would wait for that.
    /// </summary>
    /// <param name="socket">The file descriptor.</param>
    /// <param name="tag">What <see cref="Wait"/> says of it.</param>
    public void Watch(int socket, int tag)
    {
        Span<byte> wish = stackalloc byte[eventSize];
        wish.Clear();
        MemoryMarshal.Write(wish, Readable | Writable | Edge);
        MemoryMarshal.Write(wish[dataAt..], tag);
        Checked(EpollControl(epoll, Add, socket, wish));
    }

    /// <summary>Waits for at most <paramref name="milliseconds"/>; how many sockets are ready.</summary>
    public int Wait(int milliseconds)
    {
        var ready = EpollWait(epoll, events, MaxEvents, milliseconds);
        return ready >= 0 || Marshal.GetLastPInvokeError() == Interrupted ? Math.Max(ready, 0) : Checked(ready);
    }

    /// <summary>The tag of a ready socket.</summary>
    public int Ready(int index) => MemoryMarshal.Read<int>(events.AsSpan((index * eventSize) + dataAt));

    /// <returns>The bytes that were there; 0 at the end, -1 when there are none now.</returns>
    public static int Receive(int socket, Span<byte> into) => Transferred(Recv(socket, into, into.Length, DontWait));

    /// <returns>The bytes that were taken; -1 when none are taken now.</returns>
    public static int Send(int socket, ReadOnlySpan<byte> bytes) => Transferred(SendTo(socket, bytes, bytes.Length, DontWait | NoSignal));

    public void Dispose() => _ = CloseFile(epoll);

    private static int Transferred(nint result)
    {
        if (result >= 0) return (int)result;
        return Marshal.GetLastPInvokeError() is Again or Interrupted ? -1 : throw new Win32Exception();
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception();

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int EpollControl(int epoll, int action, int socket, Span<byte> wish);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int EpollWait(int epoll, Span<byte> events, int max, int milliseconds);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Recv(int socket, Span<byte> into, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint SendTo(int socket, ReadOnlySpan<byte> bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int file);
}
