using System.Net.Sockets;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>
/// A real socket. Between the two ends of a Unix socket nothing is on its way: what was sent can be read at once, and a
/// full one stays full until somebody reads.
/// </summary>
public sealed class SocketLine : Line
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private readonly MemoryStream read = new();
    private readonly byte[] buffer = new byte[64 * 1024];
    private readonly Socket here;
    private readonly Socket there;
    private TaskCompletionSource flowing = new();
    private long filling; // bytes that are there to make it full

    public SocketLine()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        here = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        here.Connect(new UnixDomainSocketEndPoint(path));
        there = listener.Accept();
        there.Blocking = false;
        File.Delete(path);
        Wire = new SocketWire(here);
        flowing.SetResult();
        _ = ReadAll();
    }

    public override byte[] Sent
    {
        get
        {
            lock (gate)
            {
                if (flowing.Task.IsCompleted) Drain();
                return read.ToArray();
            }
        }
    }

    protected override IWire Wire { get; }

    /// <summary>From now on nobody reads; what the socket has room for still gets through.</summary>
    public void Pause()
    {
        lock (gate)
        {
            Drain();
            flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public override void StandStill()
    {
        Pause();
        lock (gate)
        {
            foreach (var size in (int[])[buffer.Length, 1]) // a full socket may still have a place for a byte
            {
                while (here.Send(buffer.AsSpan(0, size), SocketFlags.None, out _) is > 0 and var sent) filling += sent;
            }
        }
    }

    public override void ReadOn() => flowing.TrySetResult();

    public override void Break() => there.Dispose();

    /// <summary>The socket is closed at this end.</summary>
    public void End() => here.Dispose();

    /// <summary>Another wire over the same socket.</summary>
    public IWire Again() => new SocketWire(here);

    public override async Task<byte[]> Received(long bytes)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (Sent.Length < bytes)
        {
            if (patience.IsCancellationRequested) Assert.Fail($"Only {Sent.Length} of {bytes} bytes arrived.");
            await Task.Yield();
        }

        return Sent;
    }

    private async Task ReadAll()
    {
        try
        {
            while (true)
            {
                await flowing.Task;
                await there.ReceiveAsync(Memory<byte>.Empty);
                lock (gate)
                {
                    if (flowing.Task.IsCompleted && !Drain()) return;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // This end or the other went away.
        }
    }

    /// <returns>False at the end.</returns>
    private bool Drain()
    {
        while (there.Receive(buffer, SocketFlags.None, out var error) is var count && error == SocketError.Success)
        {
            if (count == 0) return false;
            var filler = (int)Math.Min(filling, count);
            filling -= filler;
            read.Write(buffer, filler, count - filler);
        }

        return true;
    }

    protected override void Dispose(bool disposing)
    {
        here.Dispose();
        there.Dispose();
        read.Dispose();
    }
}
