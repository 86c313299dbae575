using OrleansChat.Bench.Load;

namespace OrleansChat.Bench.Peers;

/// <summary>
/// A server without a protocol of its own: a room is the path of the request, and who is upgraded is in it. A frame is a
/// text, which goes to all in the room as it is.
/// </summary>
public abstract class PathPeer : Peer
{
    public override void Enter(Dialogue dialogue, Client client) => dialogue.Upgrade($"/{client.RoomName}");

    public override string Post(Client client, string text) => text;
}
