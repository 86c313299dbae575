using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using OrleansChat.Engine;
using OrleansChat.Gateway.Limits;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Gateway.Plain;

/// <summary>Where plain TCP connections become guests.</summary>
internal sealed class PlainHandler(Edge edge, OpenSockets sockets, Addresses addresses, IChat chat) : ConnectionHandler
{
    private static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(1); // before the network is asked whether the peer is there
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromSeconds(10);
    private const int Probes = 3;

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var output = new LineWriter(connection.Transport.Output);
        if (sockets.GoingDown)
        {
            await output.Refuse("This server is going down.");
            return;
        }

        using var place = addresses.TryEnter((connection.RemoteEndPoint as IPEndPoint)?.Address);
        if (place is null)
        {
            await output.Refuse("Too many connections from your address.");
            return;
        }

        if (connection.Features.Get<IConnectionSocketFeature>() is { Socket: var socket }) KeepAlive(socket);
        await using var guest = new PlainGuest(edge, sockets, chat, connection, output);
        await guest.Talk();
    }

    /// <summary>Nobody pings on a plain connection, and a peer that has lost its network says no goodbye.</summary>
    private static void KeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)QuietFor.TotalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, (int)BetweenProbes.TotalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
    }
}
