using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace OrleansChat.Tests.Deploy;

/// <summary>What stands in a node's place and answers everything with one status.</summary>
internal sealed class SomeNode : IAsyncDisposable
{
    private readonly WebApplication app;
    private int asked;

    private SomeNode(int status)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(http =>
        {
            Interlocked.Increment(ref asked);
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
    }

    public static async Task<SomeNode> Start(int status)
    {
        var node = new SomeNode(status);
        await node.app.StartAsync();
        return node;
    }

    public int Port => new Uri(app.Urls.Single()).Port;

    public int Asked => Volatile.Read(ref asked);

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
