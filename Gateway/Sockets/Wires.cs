using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OrleansChat.Gateway.Sockets;

/// <summary>Which ways a connection's frames take, out and in.</summary>
public static class Wires
{
    /// <summary>
    /// What is written to the server's pipe is then on its way, and nobody knows when it is gone. With room for a byte,
    /// each write waits until the socket has all of it: once a connection is upgraded, the answer that said so has left,
    /// and frames may follow it past the pipe.
    /// </summary>
    public static void WriteThrough(SocketTransportOptions options) => options.MaxWriteBufferSize = 1;

    /// <summary>
    /// Straight to the socket where it carries these frames as they are: HTTP/1.1 without TLS in this process. For all
    /// else through the upgraded stream. The server must <see cref="WriteThrough"/>.
    /// </summary>
    public static IWire Writing(HttpContext http, Stream upgraded) =>
        Bare(http) is { } socket ? new SocketWire(socket) : new StreamWire(upgraded);

    /// <summary>The socket of a connection that carries HTTP/1.1 and nothing between.</summary>
    internal static Socket? Bare(HttpContext http)
    {
        var features = http.Features;
        return HttpProtocol.IsHttp11(http.Request.Protocol)
            && features.Get<ITlsConnectionFeature>() is null
            && features.Get<ITlsHandshakeFeature>() is null
            ? features.Get<IConnectionSocketFeature>()?.Socket
            : null;
    }

    /// <summary>
    /// Over HTTP/1.1 from the connection's own pipe, with TLS or without: an upgraded stream reads from it too, by way of
    /// three state machines that a waiting socket would hold. What is there besides is a stream's.
    /// </summary>
    public static PipeReader Reading(HttpContext http, Stream upgraded) =>
        HttpProtocol.IsHttp11(http.Request.Protocol) && http.Features.Get<IConnectionTransportFeature>() is { Transport: { } transport }
            ? transport.Input
            : Reading(upgraded);

    /// <summary>Waits with a read of zero bytes, and holds no buffer meanwhile.</summary>
    public static PipeReader Reading(Stream stream) => PipeReader.Create(stream, new StreamPipeReaderOptions(
        bufferSize: 4096, minimumReadSize: 1024, leaveOpen: true, useZeroByteReads: true));
}
