using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansChat.Bench.Load;

namespace OrleansChat.Bench.Peers;

/// <summary>This server, in one process, with one storage or another.</summary>
/// <param name="storage">The value of <c>Chat:Storage</c>; a SQLite file is made in the server's own folder.</param>
public sealed partial class OrleansChatPeer(string name, string storage, string keeps) : Peer
{
    private const string Subprotocol = "chat.v1";

    private long posts;

    public override string Name => name;

    public override string Keeps => keeps;

    public override TimeSpan WarmUp => Dotnet.WarmUp;

    public override byte[] SignOfLife => ClientFrame.Pong;

    public override bool Resumes => true;

    public override bool HasPage => true;

    public override bool Restarts => storage != "memory:";

    public override string Version => Repository.Commit;

    public override Task<string?> Prepare() => Dotnet.Build("Gateway");

    public override Task<ServerProcess> Start(string folder, int port) => Dotnet.Start(folder, port, "Gateway", "OrleansChat.Gateway",
    [
        $"--urls=http://127.0.0.1:{port}",
        $"--Chat:Storage={storage}",
        "--Chat:Limits:Enabled=false", // rates and counts; every other check stays
        "--Logging:LogLevel:Default=Warning",
    ]);

    /// <summary>Each becomes a member of their room, and goes: what joining costs the others is not part of the work.</summary>
    public override void Enroll(int port, IReadOnlyList<Client> clients)
    {
        Crowd.ConnectAll([.. clients.DistinctBy(client => client.Room)], atOnce: 16, client => Enroll(port, client));
        Crowd.ConnectAll([.. clients.Where(client => client.Ticket is null)], atOnce: 64, client => Enroll(port, client));
    }

    private static void Enroll(int port, Client client)
    {
        using var dialogue = new Dialogue(port, client.Number);
        dialogue.Upgrade("/ws", Subprotocol);
        dialogue.Say($$"""{"op":"hello","id":1,"guest":"Client {{client.Number}}"}""");
        using var hello = JsonDocument.Parse(dialogue.Hear("\"re\":1,\"ok\""));
        dialogue.Say($$"""{"op":"create","id":2,"room":"{{client.RoomName}}"}""");
        if (dialogue.Hear("\"re\":2,").Contains("\"conflict\"", StringComparison.Ordinal))
        {
            dialogue.Say($$"""{"op":"join","id":3,"room":"{{client.RoomName}}"}""");
            dialogue.Hear("\"re\":3,\"ok\"");
        }

        client.Ticket = hello.RootElement.GetProperty("ok").GetProperty("token").GetString();
    }

    public override void Enter(Dialogue dialogue, Client client)
    {
        dialogue.Upgrade("/ws", Subprotocol);
        var resume = client.Head is { } head ? $$""","resume":{"{{client.RoomName}}":{{head}}}""" : "";
        dialogue.Say($$"""{"op":"hello","id":1,"token":"{{client.Ticket}}"{{resume}}}""");
        var hello = dialogue.Hear("\"re\":1,\"ok\"");
        client.Head = long.Parse(HeadOf().Match(hello).ValueSpan, CultureInfo.InvariantCulture);
    }

    public override string Post(Client client, string text)
    {
        var number = ++posts;
        return $$"""{"op":"post","id":{{number}},"room":"{{client.RoomName}}","text":"{{text}}","key":"{{number}}"}""";
    }

    /// <summary>A page of history before a message, as a client asks for it.</summary>
    public static void ReadHistory(Dialogue dialogue, Client client, long id, long before)
    {
        dialogue.Say($$"""{"op":"history","id":{{id}},"room":"{{client.RoomName}}","before":{{before}},"limit":50}""");
        dialogue.Hear($"\"re\":{id},\"ok\"");
    }

    [GeneratedRegex("(?<=\"head\":)[0-9]+")]
    private static partial Regex HeadOf();
}
