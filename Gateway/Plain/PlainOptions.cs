using System.Net;
using System.Net.Sockets;
using OrleansChat.Rooms;

namespace OrleansChat.Gateway.Plain;

/// <summary>Plain TCP, under <c>Chat:Plain</c>: off until it has a port.</summary>
public sealed class PlainOptions
{
    private const string Localhost = "localhost";
    private const string Everywhere = "*";

    /// <summary>Where lines are spoken; 0 takes any free port. None: nowhere.</summary>
    public int? Port { get; set; }

    /// <summary><c>localhost</c>, an address of this machine, or <c>*</c> for all of them. What goes over the network there can be read by everyone on its way.</summary>
    public string Address { get; set; } = Localhost;

    /// <summary>The room in which a connection begins.</summary>
    public string Room { get; set; } = RoomId.Lobby.Value;

    /// <summary>Each sentence names a key that cannot be used, and the remedy.</summary>
    public IEnumerable<string> Faults()
    {
        if (Port is < 0 or > IPEndPoint.MaxPort) yield return $"Chat:Plain:Port is {Port}; write a port, 1–{IPEndPoint.MaxPort}.";
        if (Address is not (Localhost or Everywhere) && !IPAddress.TryParse(Address, out _))
        {
            yield return $"Chat:Plain:Address is '{Address}'; write localhost, * for every address of this machine, or one of them, such as 192.0.2.7.";
        }

        if (!RoomId.TryParse(Room, null, out _)) yield return $"Chat:Plain:Room is '{Room}', which is no room's id.";
    }

    /// <summary>Where to listen. On a machine without IPv6 the second place of <c>localhost</c> is not there.</summary>
    internal IEnumerable<IPEndPoint> EndPoints()
    {
        if (Port is not { } port) return [];
        return Address switch
        {
            Localhost when port == 0 || !Socket.OSSupportsIPv6 => [new(IPAddress.Loopback, port)],
            Localhost => [new(IPAddress.Loopback, port), new(IPAddress.IPv6Loopback, port)],
            Everywhere => [new(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, port)],
            _ => [new(IPAddress.Parse(Address), port)],
        };
    }
}
