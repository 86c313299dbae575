using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace OrleansChat.Gateway.Sockets;

/// <summary>Which way a connection's frames take.</summary>
public static class Wires
{
    /// <summary>
    /// Gives an upgraded connection to a socket. Where it carries the frames as they are (HTTP/1.1, no TLS in this
    /// process), the socket has it to itself as soon as the request has ended, and is not waited for. All else goes through
    /// the request's stream, as long as the task runs.
    /// </summary>
    /// <param name="socket">Reads and writes it, and ends it.</param>
    public static Task Give(HttpContext http, Stream upgraded, Func<PipeReader, IWire, Task> socket)
    {
        if (Bare(http) is not { } bare) return socket(Reading(http, upgraded), new StreamWire(upgraded, http.Abort));
        bare.Take((input, wire) => _ = socket(input, wire));
        return Task.CompletedTask;
    }

    /// <summary>The connection, if it carries HTTP/1.1 and nothing between.</summary>
    private static SocketConnection? Bare(HttpContext http)
    {
        var features = http.Features;
        return HttpProtocol.IsHttp11(http.Request.Protocol)
            && features.Get<ITlsConnectionFeature>() is null
            && features.Get<ITlsHandshakeFeature>() is null
            ? features.Get<SocketConnection>()
            : null;
    }

    /// <summary>
    /// Over HTTP/1.1 the connection's own pipe: an upgraded stream reads from it too, by way of three state machines that
    /// a waiting socket would hold. What is there besides is a stream's.
    /// </summary>
    private static PipeReader Reading(HttpContext http, Stream upgraded) =>
        HttpProtocol.IsHttp11(http.Request.Protocol) && http.Features.Get<IConnectionTransportFeature>() is { Transport: { } transport }
            ? transport.Input
            : Reading(upgraded);

    /// <summary>Waits with a read of zero bytes, and holds no buffer meanwhile.</summary>
    public static PipeReader Reading(Stream stream) => PipeReader.Create(stream, new StreamPipeReaderOptions(
        bufferSize: 4096, minimumReadSize: 1024, leaveOpen: true, useZeroByteReads: true));
}
