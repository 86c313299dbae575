using Microsoft.Extensions.Options;
using OrleansChat.Gateway.Limits;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Gateway.Http;

/// <summary>Where requests become sockets.</summary>
internal sealed class ChatEndpoint(Edge edge, OpenSockets sockets, Addresses addresses, IOptions<ChatOptions> options)
{
    public async Task Serve(HttpContext http)
    {
        if (!MayComeFrom(http.Request))
        {
            await Problems.Of(Refusal.Forbidden("Pages of this origin may not connect; see Chat:Origins.")).ExecuteAsync(http);
            return;
        }

        var handshake = new WebSocketHandshake(http);
        if (handshake.Refusal is not null)
        {
            await handshake.Refuse();
            return;
        }

        if (sockets.GoingDown)
        {
            await Problems.Of(Refusal.Unavailable("This node is going down.")).ExecuteAsync(http);
            return;
        }

        using var place = addresses.TryEnter(http.Connection.RemoteIpAddress);
        if (place is null)
        {
            await Problems.Of(Refusal.RateLimited("Too many connections from your address.", TimeSpan.FromSeconds(5))).ExecuteAsync(http);
            return;
        }

        var stream = await handshake.Accept();
        if (!await sockets.Run(new ChatSocket(stream, Wires.Of(http, stream), edge))) http.Abort();
    }

    /// <summary>A browser says whose page it is; programs say nothing.</summary>
    private bool MayComeFrom(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || options.Value.Origins.Any(allowed => string.Equals(origin, allowed.TrimEnd('/'), StringComparison.OrdinalIgnoreCase));
    }
}
