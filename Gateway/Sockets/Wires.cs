using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OrleansChat.Gateway.Sockets;

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
    /// Straight to the socket where it carries these frames as they are: HTTP/1.1 without TLS in this process. For all
    /// else through the upgraded stream. The server must <see cref="WriteThrough"/>.
    /// </summary>
    public static IWire Of(HttpContext http, Stream upgraded)
    {
        var features = http.Features;
        return HttpProtocol.IsHttp11(http.Request.Protocol)
            && features.Get<ITlsConnectionFeature>() is null
            && features.Get<ITlsHandshakeFeature>() is null
            && features.Get<IConnectionSocketFeature>() is { Socket: { } socket }
            ? new SocketWire(socket)
            : new StreamWire(upgraded);
    }
}
