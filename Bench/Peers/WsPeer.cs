namespace OrleansChat.Bench.Peers;

/// <summary>ws, the WebSocket library of Node.js, with the broadcast of its README.</summary>
public sealed class WsPeer : PathPeer
{
    private string version = "";

    public override string Name => "ws";

    public override TimeSpan WarmUp => Npm.WarmUp;

    public override string Version => version;

    public override async Task<string?> Prepare()
    {
        if (await Npm.Installed() is { } reason) return reason;
        version = await Npm.Version("ws");
        return null;
    }

    public override Task<ServerProcess> Start(string folder, int port) =>
        ServerProcess.Start(folder, port, "node", [Npm.Program("ws.mjs"), $"{port}"], new Dictionary<string, string> { ["NODE_ENV"] = "production" });
}
