namespace OrleansChat.Client;

/// <summary>How to connect. Everything has a default that suits a program with one connection.</summary>
public sealed record ConnectOptions
{
    /// <summary>The <c>Origin</c> header, as a browser would send it; null sends none.</summary>
    public string? Origin { get; init; }

    /// <summary>Further headers of the upgrade request.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The subprotocol to ask for; null asks for none.</summary>
    public string? Subprotocol { get; init; } = "chat.v1";

    /// <summary>A quiet line is pinged this often, and given up as broken when the pong takes as long again.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Takes every push on the receiving path, in order, instead of <see cref="ChatConnection.Pushes"/>. It must not
    /// block. For programs with very many connections.
    /// </summary>
    public Action<ChatPush>? OnPush { get; init; }

    /// <summary>
    /// How many unread pushes <see cref="ChatConnection.Pushes"/> holds. When it is full the connection reads no more,
    /// neither pushes nor answers, until somebody takes one: so the server sees a slow reader as it is.
    /// </summary>
    public int PushCapacity { get; init; } = 4096;

    /// <summary>
    /// What makes the TCP connections: another source address, a proxy, a private certificate. The default is shared
    /// by all connections of the process.
    /// </summary>
    public HttpMessageInvoker? Invoker { get; init; }
}
