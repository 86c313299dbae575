using Microsoft.Extensions.Options;
using OrleansChat.Engine;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Nodes;

namespace OrleansChat.Gateway.Nodes;

/// <summary>Reads this node every two seconds, reports it, and tells those who watch.</summary>
public sealed class NodeReporter(IChat chat, NodeWatchers watchers, OpenSockets sockets, IOptions<ChatOptions> options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await chat.Metrics.Report(NodeReader.Read(options.Value.Node, time.GetUtcNow(), sockets.Count));
            watchers.Tell(await chat.Metrics.Latest());
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
