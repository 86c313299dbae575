using System.Net.Sockets;

namespace OrleansChat.Bench.Load;

/// <summary>Somebody in a room, before and while connected.</summary>
/// <param name="Number">0, 1, 2 …</param>
/// <param name="Room">The room's number.</param>
public sealed record Client(int Number, int Room)
{
    internal const int Absent = -1;

    private Unframed frames;

    public string RoomName { get; init; } = $"room-{Room}";

    /// <summary>What the server gave to come back with.</summary>
    public string? Ticket { get; set; }

    /// <summary>The number of its room's last event when it came in; it comes back to what follows.</summary>
    public long? Head { get; set; }

    /// <summary>Where its socket is in the server's frames.</summary>
    internal ref Unframed Frames => ref frames;

    /// <summary>The last bytes received that may be the beginning of a mark.</summary>
    internal byte[] Rest { get; } = new byte[Mark.Length];

    internal int RestLength { get; set; }

    /// <summary>What the socket did not take yet.</summary>
    internal ReadOnlyMemory<byte> Unsent { get; set; }

    internal Socket? Socket { get; set; }

    /// <summary>The socket's file descriptor, while it is connected.</summary>
    internal int File { get; set; } = Absent;
}
