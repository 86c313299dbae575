namespace OrleansChat.Bench.Peers;

/// <summary>All servers that are measured. The first is the one that the others are compared with.</summary>
internal static class Field
{
    private const int Many = 5_000; // sockets, from which on not everybody is measured: the run is to end within the hour

    public static readonly Peer SignalR = new SignalRPeer();
    public static readonly Peer Memory = new OrleansChatPeer("OrleansChat in memory", "memory:", "memory");
    public static readonly Peer Sqlite = new OrleansChatPeer("OrleansChat on SQLite", "sqlite:chat.db", "SQLite, durably");

    private static readonly Peer epoll = new EpollPeer(), ws = new WsPeer();

    public static readonly IReadOnlyList<Peer> All = [SignalR, Memory, Sqlite, new KestrelPeer(), epoll, ws, new SocketIoPeer(), new NchanPeer(), new EjabberdPeer()];

    /// <summary>Who is measured at what takes many sockets and little work.</summary>
    public static readonly IReadOnlyList<Peer> Few = [SignalR, Memory, Sqlite, epoll, ws];

    /// <summary>Who is measured with so many sockets.</summary>
    public static IReadOnlyList<Peer> With(int sockets) => sockets <= Many ? All : [SignalR, Memory, epoll];
}
