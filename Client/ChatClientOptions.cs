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

    /// <summary>
    /// Takes all news on the receiving path, in order, where <see cref="ChatClient.News"/> is not close enough. It must not
    /// block.
    /// </summary>
    public Action<ChatNews>? News { get; init; }

    /// <summary>
    /// How many unread items a room holds before it takes no more and resumes once they are read. More than the 1,000
    /// events that a server replays, so that a resume is taken whole.
    /// </summary>
    public int RoomCapacity { get; init; } = 2048;

    /// <summary>The longest of the pauses between attempts to connect; the shortest are parts of a second.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Within this time an attempt has connected and is welcomed, or has failed.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long <see cref="ChatClient.Connect(Uri, SignIn, ChatClientOptions?, CancellationToken)"/> tries before it gives
    /// up; null is for ever. Later the client always tries on.
    /// </summary>
    public TimeSpan? ConnectWithin { get; init; }

    /// <summary>For signing in with a password, at its base address. The default asks the host that is connected to.</summary>
    public HttpClient? Http { get; init; }

    /// <summary>The clock for all pauses.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
