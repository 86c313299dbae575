namespace OrleansChat.Bench.Peers;

/// <summary>All servers that are measured. The first is the one that the others are compared with.</summary>
internal static class Field
{
    public static readonly Peer SignalR = new SignalRPeer();
    public static readonly Peer Memory = new OrleansChatPeer("OrleansChat in memory", "memory:", "memory");
    public static readonly Peer Sqlite = new OrleansChatPeer("OrleansChat on SQLite", "sqlite:chat.db", "SQLite, durably");

    public static readonly IReadOnlyList<Peer> All =
    [
        SignalR, Memory, Sqlite, new KestrelPeer(), new EpollPeer(), new WsPeer(), new SocketIoPeer(), new NchanPeer(), new EjabberdPeer(),
    ];
}
