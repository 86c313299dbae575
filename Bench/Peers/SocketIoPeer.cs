using OrleansChat.Bench.Load;

namespace OrleansChat.Bench.Peers;

/// <summary>Socket.IO: its rooms, over WebSocket alone.</summary>
/// <remarks>
/// The frames: its documentation's pages "The Engine.IO protocol" and "The Socket.IO protocol". A first digit for the
/// connection (0 open, 2 ping, 3 pong, 4 message), a second for what is in a message (0 connect, 2 event, 3 answer).
/// </remarks>
public sealed class SocketIoPeer : Peer
{
    private string version = "";

    public override string Name => "Socket.IO";

    public override TimeSpan WarmUp => Npm.WarmUp;

    /// <summary>A pong. It asks every 25 s, counted from the last, and cuts off who has not answered within 20.</summary>
    public override byte[] SignOfLife { get; } = ClientFrame.Text("3");

    public override string Version => version;

    public override async Task<string?> Prepare()
    {
        if (await Npm.Installed() is { } reason) return reason;
        version = await Npm.Version("socket.io");
        return null;
    }

    public override Task<ServerProcess> Start(string folder, int port) =>
        ServerProcess.Start(folder, port, "node", [Npm.Program("socketio.mjs"), $"{port}"], new Dictionary<string, string> { ["NODE_ENV"] = "production" });

    public override void Enter(Dialogue dialogue, Client client)
    {
        dialogue.Upgrade("/socket.io/?EIO=4&transport=websocket");
        dialogue.Hear("0{");
        dialogue.Say("40");
        dialogue.Hear("40{");
        dialogue.Say($"""420["join","{client.RoomName}"]""");
        dialogue.Hear("430[");
    }

    public override string Post(Client client, string text) => $"""42["post","{client.RoomName}","{text}"]""";
}
