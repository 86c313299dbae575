using OrleansChat.Bench.Load;

namespace OrleansChat.Bench.Peers;

/// <summary>ejabberd's rooms, which clients reach by XMPP over WebSocket (RFC 7395, XEP-0045).</summary>
public sealed class EjabberdPeer : Peer
{
    private const string Open = "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>";

    private string version = "";

    public override string Name => "ejabberd";

    /// <summary>It asks every minute, and cuts off who has not answered before it asks again.</summary>
    public override byte[] SignOfLife => ClientFrame.Pong;

    public override string Version => version;

    public override async Task<string?> Prepare()
    {
        version = await Debian.Version("ejabberd");
        return version == "" ? "apt-get install ejabberd" : null;
    }

    /// <summary>Without ejabberdctl, which takes the system's user, a node's name and epmd.</summary>
    public override async Task<ServerProcess> Start(string folder, int port)
    {
        var configuration = await Debian.Configure(folder, "ejabberd.yml", port);
        var libraries = Directory.EnumerateDirectories("/usr/lib").First(path => Directory.EnumerateDirectories(path, "ejabberd-*").Any());
        return await ServerProcess.Start(
            folder, port, "erl",
            ["-noinput", "+K", "true", "+P", "250000", "-mnesia", "dir", $"\"{Path.Combine(folder, "spool")}\"", "-ejabberd", "quiet", "true", "-s", "ejabberd"],
            new Dictionary<string, string>
            {
                ["EJABBERD_CONFIG_PATH"] = configuration,
                ["EJABBERD_LOG_PATH"] = Path.Combine(folder, "ejabberd.log"),
                ["ERL_LIBS"] = libraries,
                ["ERL_MAX_PORTS"] = "32000",
                ["ERL_CRASH_DUMP_BYTES"] = "0",
            });
    }

    public override void Enter(Dialogue dialogue, Client client)
    {
        dialogue.Upgrade("/ws", "xmpp");
        dialogue.Say(Open);
        dialogue.Hear("<mechanism>ANONYMOUS</mechanism>");
        dialogue.Say("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>");
        dialogue.Hear("<success");
        dialogue.Say(Open);
        dialogue.Hear("urn:ietf:params:xml:ns:xmpp-bind");
        dialogue.Say("<iq xmlns='jabber:client' type='set' id='1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
        dialogue.Hear("<jid>");
        dialogue.Say($"<presence xmlns='jabber:client' to='{Room(client)}/{client.Number}'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
        dialogue.Hear("<subject"); // the last thing that who enters is sent
    }

    public override string Post(Client client, string text) => $"<message xmlns='jabber:client' to='{Room(client)}' type='groupchat'><body>{text}</body></message>";

    private static string Room(Client client) => $"{client.RoomName}@conference.localhost";
}
