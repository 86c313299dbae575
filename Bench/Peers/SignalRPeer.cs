using OrleansChat.Bench.Load;

namespace OrleansChat.Bench.Peers;

/// <summary>ASP.NET Core SignalR: groups, JSON, its default options.</summary>
/// <remarks>The frames: the "SignalR Hub Protocol" page of the aspnetcore repository. Each ends with the character 0x1e.</remarks>
public sealed class SignalRPeer : Peer
{
    private const string Project = "Bench/Servers/SignalR";
    private const char End = '\x1e';

    public override string Name => "SignalR";

    public override TimeSpan WarmUp => Dotnet.WarmUp;

    /// <summary>Its ping. A client that says nothing for 30 s is cut off.</summary>
    public override byte[] SignOfLife { get; } = ClientFrame.Text($$"""{"type":6}{{End}}""");

    public override bool HasPage => true;

    public override string Version => Dotnet.Version;

    public override Task<string?> Prepare() => Dotnet.Build(Project);

    public override Task<ServerProcess> Start(string folder, int port) =>
        Dotnet.Start(folder, port, Project, "OrleansChat.SignalR", $"{port}");

    public override void Enter(Dialogue dialogue, Client client)
    {
        dialogue.Upgrade("/chat"); // a WebSocket needs no negotiation before it
        dialogue.Say($$"""{"protocol":"json","version":1}{{End}}""");
        dialogue.Hear($$"""{}{{End}}""");
        dialogue.Say($$"""{"type":1,"invocationId":"1","target":"Join","arguments":["{{client.RoomName}}"]}{{End}}""");
        dialogue.Hear("""{"type":3,"invocationId":"1","result":null}""");
    }

    public override string Post(Client client, string text) => $$"""{"type":1,"target":"Post","arguments":["{{client.RoomName}}","{{text}}"]}{{End}}""";
}
