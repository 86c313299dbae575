using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OrleansChat.Gateway.Sockets;

/// <summary>A connection that carries frames from now on.</summary>
/// <param name="Abort">Ends it at once, with whatever was not sent.</param>
public readonly record struct UpgradedConnection(PipeReader Input, IWire Output, Action Abort);

/// <summary>Which way a connection's frames take.</summary>
public static class Wires
{
    /// <summary>
    /// What is written to the server's pipe is then on its way, and nobody knows when it is gone. With room for a byte,
    /// each write waits until the socket has all of it: once a connection is upgraded, the answer that said so has left,
    /// and frames may follow it past the pipe.
    /// </summary>
    public static void WriteThrough(SocketTransportOptions options) => options.MaxWriteBufferSize = 1;

    /// <summary>
    /// Gives an upgraded connection to a socket. Where it carries the frames as they are (HTTP/1.1, no TLS in this
    /// process) and was prepared for it (<see cref="Handover.Around"/>, <see cref="WriteThrough"/>), the socket has it
    /// to itself as soon as the request has ended. All else goes through the request's stream, as long as the task runs.
    /// </summary>
    public static Task Give(HttpContext http, Stream upgraded, Func<UpgradedConnection, Task> socket)
    {
        if (Bare(http) is not { } bare || Handover.Of(http) is not { } handover)
        {
            return socket(new(Reading(http, upgraded), new StreamWire(upgraded), http.Abort));
        }

        handover.To(connection => socket(new(connection.Transport.Input, new SocketWire(bare), connection.Abort)));
        return Task.CompletedTask;
    }

    /// <summary>The socket of a connection that carries HTTP/1.1 and nothing between.</summary>
    private static Socket? Bare(HttpContext http)
    {
        var features = http.Features;
        return HttpProtocol.IsHttp11(http.Request.Protocol)
            && features.Get<ITlsConnectionFeature>() is null
            && features.Get<ITlsHandshakeFeature>() is null
            ? features.Get<IConnectionSocketFeature>()?.Socket
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
