namespace OrleansChat.Rooms;

/// <summary>What the rules say to a command.</summary>
public abstract record Decision
{
    /// <summary>It does not happen.</summary>
    public sealed record Refused(Refusal Refusal) : Decision;

    /// <summary>It happens: these events are the room's next ones, numbered and dated.</summary>
    public sealed record Happened(params RoomEvent[] Events) : Decision;

    /// <summary>It is so already; nothing has to happen.</summary>
    public sealed record Unchanged : Decision;

    /// <summary>The room and its log are to be erased.</summary>
    public sealed record Erased : Decision;

    public static implicit operator Decision(Refusal refusal) => new Refused(refusal);

    public static implicit operator Decision(RoomEvent e) => new Happened(e);
}
