using System.Net;
using System.Net.Sockets;

namespace OrleansChat.Gateway.Hooks;

/// <summary>
/// Connections to the internet and to nowhere else. A name is looked up here and the addresses that it has are checked
/// where they are used, so that a name which answers differently the second time gains nothing.
/// </summary>
internal static class PublicAddresses
{
    /// <summary>This machine, private networks, links, and what is no host: the registries of IANA for special purposes (RFC 6890).</summary>
    private static readonly IPNetwork[] Refused = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/9", "ff00::/8",
    }.Select(network => IPNetwork.Parse(network))];

    public static bool Has(IPAddress address)
    {
        var bare = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Refused.Any(network => network.Contains(bare));
    }

    /// <exception cref="PrivateAddressException">All addresses of this name are refused.</exception>
    public static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel);
        var open = addresses.Where(Has).ToArray();
        if (open.Length == 0) throw new PrivateAddressException();

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The place is inside, where webhooks do not go.</summary>
internal sealed class PrivateAddressException() : IOException("An address inside is not for webhooks.");
