namespace OrleansChat.Bench.Peers;

/// <summary>A yardstick: the framework's WebSocket without any chat, a channel and a sending loop for each socket.</summary>
public sealed class KestrelPeer : PathPeer
{
    private const string Project = "Bench/Servers/Kestrel";

    public override string Name => "Kestrel's WebSocket";

    public override TimeSpan WarmUp => Dotnet.WarmUp;

    public override string Version => Dotnet.Version;

    public override Task<string?> Prepare() => Dotnet.Build(Project);

    public override Task<ServerProcess> Start(string folder, int port) =>
        Dotnet.Start(folder, port, Project, "OrleansChat.Kestrel", $"{port}");
}
