using OrleansChat.Gateway.Sockets;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Rooms;

/// <summary>Who takes a seat: a socket, as a room sees it.</summary>
public interface ISitter
{
    UserId User { get; }

    Outbox Outbox { get; }

    /// <summary>Whether the user wants no notices from this one.</summary>
    bool Ignores(UserId other);

    /// <summary>The outbox would not take an event: the socket closes with 4008, and its client resumes.</summary>
    void FellBehind();

    /// <summary>The room took the seat away: the user is a member no more, or the room is gone.</summary>
    void Unseated(Seat seat);
}

/// <summary>
/// A socket's place in an open room: how far it has been told the log. Everything else follows from that number; a seat
/// that is behind reads the log, one that is level gets what happens. Guarded by its room's lock.
/// </summary>
/// <param name="known">
/// The head of which the socket was told that its user is a member there. What comes after it is new: somebody is given
/// notice of it, and a removal ends the seat. A removal before it is history, and so is all else.
/// </param>
public sealed class Seat(ISitter sitter, RoomId room, long position, long known)
{
    public ISitter Sitter => sitter;

    /// <summary>The sitter's: it is needed with every event, and the sitter is not.</summary>
    public Outbox Outbox { get; } = sitter.Outbox;

    public RoomId Room => room;

    /// <summary>The number of the last event that was put into the socket's outbox.</summary>
    public long Position { get; internal set; } = position;

    public long Known => known;

    /// <summary>
    /// The events by which the user came back, where those are known before the seat was told of the removal. Each
    /// begins a stay of its own.
    /// </summary>
    internal SortedSet<long>? Returns { get; set; }

    /// <summary>True while it is behind (or the room is not open yet): what happens meanwhile waits in the log.</summary>
    internal bool CatchingUp { get; set; } = true;

    /// <summary>True while it is being told the log, page by page.</summary>
    internal bool Reading { get; set; }

    /// <summary>Its place in the room's list; -1 when it has none.</summary>
    internal int Index { get; set; } = -1;

    internal bool Taken => Index >= 0;
}
