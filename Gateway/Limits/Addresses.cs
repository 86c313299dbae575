using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;

namespace OrleansChat.Gateway.Limits;

/// <summary>How many connections each address has open.</summary>
public sealed class Addresses(IOptions<ChatOptions> options)
{
    private readonly ChatLimits limits = options.Value.Limits;
    private readonly ConcurrentDictionary<IPAddress, int> open = new();

    /// <summary>Takes a place for a connection; null where the address has all of its places taken.</summary>
    public IDisposable? TryEnter(IPAddress? address)
    {
        var key = Network(address);
        var count = open.AddOrUpdate(key, 1, static (_, n) => n + 1);
        var place = new Place(this, key);
        if (!limits.Enabled || count <= limits.ConnectionsPerAddress) return place;
        place.Dispose();
        return null;
    }

    /// <summary>An IPv6 customer has a whole /64, and every address in it.</summary>
    public static IPAddress Network(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily is not System.Net.Sockets.AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private void Leave(IPAddress key)
    {
        while (open.TryGetValue(key, out var count))
        {
            if (count > 1 ? open.TryUpdate(key, count - 1, count) : open.TryRemove(new(key, count))) return;
        }
    }

    private sealed class Place(Addresses addresses, IPAddress key) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0) addresses.Leave(key);
        }
    }
}
