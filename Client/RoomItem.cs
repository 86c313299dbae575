namespace OrleansChat.Client;

/// <summary>What a reader of a room gets.</summary>
public abstract record RoomItem
{
    private RoomItem()
    {
    }

    /// <summary>The next event of the room.</summary>
    /// <param name="Event">Its number follows the one before, or the head of the gap before.</param>
    public sealed record Happened(ChatEvent Event) : RoomItem;

    /// <summary>
    /// Events after <paramref name="After"/> and up to <paramref name="Head"/> do not come: too much happened while one
    /// was away. Their messages follow as <see cref="Reloaded"/>, and then the event after the head. Who came and went in
    /// between, and what became of messages from before the gap, is not told: <c>Status</c> and <c>History</c> know.
    /// </summary>
    /// <param name="After">The last event before the gap.</param>
    /// <param name="Head">The last event in it.</param>
    public sealed record Gap(long After, long Head) : RoomItem;

    /// <summary>
    /// A message from within the gap, as it is now. If it was edited, deleted or reacted to after the gap, the event of
    /// that comes later nevertheless: whoever keeps messages applies it twice, which changes nothing.
    /// </summary>
    /// <param name="Message">In ascending order.</param>
    public sealed record Reloaded(ChatMessage Message) : RoomItem;
}
