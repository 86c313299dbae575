namespace OrleansChat.Client;

/// <summary>How a <see cref="ChatClient"/> behaves.</summary>
public sealed record ChatClientOptions
{
    /// <summary>
    /// Further servers of the same cluster. When the present one goes away or does not answer, the next in turn is tried;
    /// where all serve alike, nobody has to wait for one of them.
    /// </summary>
    public IReadOnlyList<Uri> Others { get; init; } = [];

    /// <summary>How each of its connections is made; its <see cref="ConnectOptions.OnPush"/> is not used.</summary>
    public ConnectOptions Connect { get; init; } = new();

    /// <summary>Takes what the server pushes besides the events of joined rooms. It must not block.</summary>
    public Action<ChatPush>? News { get; init; }

    /// <summary>Told how a connection on which we were welcome has ended, before the next one is made. It must not block.</summary>
    public Action<ConnectionEnd>? Lost { get; init; }

    /// <summary>
    /// How many unread items a room holds before it takes no more and resumes once they are read. More than the 1,000
    /// events that a server replays, so that a resume is taken whole.
    /// </summary>
    public int RoomCapacity { get; init; } = 2048;

    /// <summary>The longest of the pauses between attempts to connect; the shortest are parts of a second.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Within this time an attempt has connected and is welcomed, or has failed.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For signing in with a password, at its base address. The default asks the host that is connected to.</summary>
    public HttpClient? Http { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
