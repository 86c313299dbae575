namespace OrleansChat.Client;

/// <summary>
/// What a <see cref="ChatClient"/> tells besides the events of its rooms: how the line is, and, as a
/// <see cref="ChatPush"/>, whatever the server pushes that belongs to no joined room's events.
/// </summary>
public abstract record ChatNews
{
    private protected ChatNews()
    {
    }

    /// <summary>Connected, signed in, and every joined room is resumed.</summary>
    /// <param name="Welcome">What the server said.</param>
    /// <param name="Again">False the first time. Presence and read marks may have changed unheard meanwhile.</param>
    public sealed record Connected(HelloAnswer Welcome, bool Again) : ChatNews;

    /// <summary>A connection on which one was welcome has ended; the client makes another.</summary>
    /// <param name="End">How it ended.</param>
    public sealed record Lost(ConnectionEnd End) : ChatNews;

    /// <summary>There is no connection; the next attempt comes after a pause.</summary>
    /// <param name="Why">What was wrong with the last attempt, or how the last connection ended.</param>
    /// <param name="Failures">Attempts that failed in a row.</param>
    /// <param name="Pause">The time until the next.</param>
    public sealed record Retrying(Exception Why, int Failures, TimeSpan Pause) : ChatNews;

    /// <summary>Too much happened in a joined room meanwhile: its stream has a <see cref="RoomItem.Gap"/> at this place.</summary>
    /// <param name="Room">The room's id.</param>
    /// <param name="After">The last event before the gap.</param>
    /// <param name="Head">The last event in it.</param>
    public sealed record Gap(string Room, long After, long Head) : ChatNews;

    /// <summary>The client has stopped for good: signed out, refused, or disposed. This is the last of the news.</summary>
    /// <param name="Why">The reason, for a program and for people.</param>
    public sealed record Stopped(ChatStoppedException Why) : ChatNews;
}
