using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OrleansChat.Reading;

/// <summary>
/// Something to measure: a busy core, packets, a disk that is written and read. It begins and is over between two readings,
/// so that all of it falls between the two of each source.
/// </summary>
internal static class Load
{
    private const int Packets = 2000;
    private const int Block = 64 * 1024;

    /// <param name="atLeast">How long it takes; what is left of it is rest.</param>
    public static async Task MakeAsync(TimeSpan atLeast)
    {
        var began = Stopwatch.GetTimestamp();
        Send(IPAddress.Parse("192.0.2.2"));
        Write("/dev/vda");
        while (Stopwatch.GetElapsedTime(began) < atLeast / 2) Thread.SpinWait(1000);
        if (atLeast - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } rest) await Task.Delay(rest);
    }

    private static void Send(IPAddress nobody)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var packet = new byte[1000];
        for (var i = 0; i < Packets; i++) socket.SendTo(packet, new IPEndPoint(nobody, 9));
    }

    private static void Write(string path)
    {
        using var disk = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var block = new byte[Block];
        disk.Seek(1024 * 1024, SeekOrigin.Begin);
        for (var i = 0; i < 32; i++) disk.Write(block);
        disk.Flush(flushToDisk: true);
    }
}
