using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Hooks;

/// <summary>
/// A room's connection to a program outside: an incoming one posts what the program says, an outgoing one tells the
/// program what happens. It is a member of its room, as a bot, so that everybody sees that it is there, and whoever may
/// remove a member may remove it.
/// </summary>
/// <param name="By">Who made it.</param>
/// <param name="Outgoing">Null for an incoming one.</param>
public sealed record Hook(HookId Id, RoomId Room, string Name, UserId By, DateTimeOffset Created, Outgoing? Outgoing = null)
{
    /// <summary>Webhooks that one room may have.</summary>
    public const int PerRoom = 20;

    public UserId Bot => Id.Bot;
}

/// <summary>Where a room's events go, and how far they have come.</summary>
/// <param name="Kinds">The kinds of events that are sent; null for all.</param>
/// <param name="Cursor">Up to this number the room's log is delivered.</param>
/// <param name="On">Whether it is delivered at all.</param>
/// <param name="Trouble">Why nothing arrives at present, or did not when it was switched off.</param>
public sealed record Outgoing(Uri Url, IReadOnlyList<string>? Kinds, long Cursor, bool On = true, Trouble? Trouble = null);

/// <summary>Deliveries that failed, one after the other.</summary>
/// <param name="Error">The last failure in a sentence for people.</param>
/// <param name="Since">When the first of them failed.</param>
/// <param name="RetryAt">When the next try is due.</param>
public sealed record Trouble(string Error, int Failures, DateTimeOffset Since, DateTimeOffset RetryAt);
