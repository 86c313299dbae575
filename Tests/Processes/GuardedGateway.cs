namespace OrleansChat.Tests.Processes;

/// <summary>A server as it stands on the open internet: all limits at their defaults, but that it waits only 2 s for hello, and 3 s for a pong.</summary>
public sealed class GuardedGateway : IAsyncLifetime
{
    public GatewayProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Process = await GatewayProcess.Start(("Chat:Limits:Hello", "00:00:02"), ("Chat:Limits:Ping", "00:00:03"));

    public ValueTask DisposeAsync() => Process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
