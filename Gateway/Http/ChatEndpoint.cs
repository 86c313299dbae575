using System.IO.Pipelines;
using Microsoft.Extensions.Options;
using OrleansChat.Gateway.Limits;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Gateway.Http;

/// <summary>Where requests become sockets.</summary>
internal sealed partial class ChatEndpoint(Edge edge, OpenSockets sockets, Addresses addresses, IOptions<ChatOptions> options)
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

        var place = addresses.TryEnter(http.Connection.RemoteIpAddress);
        if (place is null)
        {
            await Problems.Of(Refusal.RateLimited("Too many connections from your address.", TimeSpan.FromSeconds(5))).ExecuteAsync(http);
            return;
        }

        try
        {
            var stream = await handshake.Accept();
            await Wires.Give(http, stream, (input, output) => Run(input, output, place));
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    private async Task Run(PipeReader input, IWire output, IDisposable place)
    {
        var socket = new ChatSocket(input, output, edge);
        var inOrder = false;
        try
        {
            sockets.Enter(socket);
            inOrder = await socket.Run();
        }
        catch (Exception e)
        {
            LogBroke(edge.Log, e); // nobody waits for a socket whose request is over
        }
        finally
        {
            output.End(inOrder);
            sockets.Leave(socket);
            place.Dispose();
        }
    }

    /// <summary>A browser says whose page it is; programs say nothing.</summary>
    private bool MayComeFrom(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || options.Value.Origins.Any(allowed => string.Equals(origin, allowed.TrimEnd('/'), StringComparison.OrdinalIgnoreCase));
    }

    [LoggerMessage(EventId = 23, EventName = "SocketBroke", Level = LogLevel.Error, Message = "A socket broke.")]
    private static partial void LogBroke(ILogger log, Exception reason);
}

internal static class ChatEndpoints
{
    /// <summary>
    /// Stands before whatever waits for the rest of the pipeline: for as long as a socket lives, all that waits for its
    /// request lives too.
    /// </summary>
    public static void UseChatSockets(this WebApplication app, PathString path)
    {
        var chat = app.Services.GetRequiredService<ChatEndpoint>();
        app.Use((http, next) => http.Request.Path.StartsWithSegments(path, out var rest) && rest.Value is null or "" or "/"
            ? chat.Serve(http)
            : next(http));
    }
}
