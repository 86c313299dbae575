using System.Net;
using OrleansChat.Client;

namespace OrleansChat.Tests.Gateway.Limits;

/// <summary>How many connections an address may have open, and whose address it is behind a proxy.</summary>
public sealed class ConnectionsPerAddress
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_has_so_many_places_and_a_place_is_free_again_when_its_connection_ends(bool enabled)
    {
        await using var server = await ChatServer.Start($"Chat:Limits:Enabled={enabled}", "Chat:Limits:ConnectionsPerAddress=2");
        var first = await Person.Enter(server, guest: "Gil");
        await using var second = await Person.Enter(server, guest: "Gus");
        Assert.Equal(enabled ? HttpStatusCode.TooManyRequests : null, await Refused(server));
        await first.DisposeAsync();
        while (await Refused(server) is not null) await Task.Yield(); // the server may still be at its goodbye
    }

    [Fact]
    public async Task An_untrusted_header_changes_no_address()
    {
        await using var server = await ChatServer.Start("Chat:Limits:ConnectionsPerAddress=1");
        await using var first = await Person.Enter(server, guest: "Gil", options: From("198.51.100.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Refused(server, From("198.51.100.2")));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    public async Task Behind_a_trusted_proxy_each_client_is_counted_by_the_address_that_the_proxy_saw(string proxy)
    {
        await using var server = await ChatServer.Start("Chat:Limits:ConnectionsPerAddress=1", $"Chat:TrustedProxies:0={proxy}");
        await using var first = await Person.Enter(server, guest: "Gil", options: From("198.51.100.1"));
        await using var second = await Person.Enter(server, guest: "Gus", options: From("198.51.100.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Refused(server, From("198.51.100.1")));
        // What the client itself wrote before the proxy's word is not believed.
        Assert.Equal(HttpStatusCode.TooManyRequests, await Refused(server, From("203.0.113.9, 198.51.100.1")));
    }

    [Fact]
    public async Task A_whole_ipv6_network_of_a_customer_is_one_address()
    {
        await using var server = await ChatServer.Start(
            "Chat:Limits:ConnectionsPerAddress=1", "Chat:TrustedProxies:0=127.0.0.1", "Chat:Limits:SignInsPerMinute=1");
        await using var first = await Person.Enter(server, guest: "Gil", options: From("2001:db8:1:2::3"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Refused(server, From("2001:db8:1:2:ffff::4")));
        Assert.Null(await Refused(server, From("2001:db8:1:3::3")));
        Assert.Equal(400, await SignIn(server, "2001:db8:1:2::3"));
        Assert.Equal(429, await SignIn(server, "2001:db8:1:2:ffff::4"));
        Assert.Equal(400, await SignIn(server, "2001:db8:1:3::3"));
    }

    private static async Task<int> SignIn(ChatServer server, string from) =>
        (await server.Send(HttpMethod.Post, "/api/v1/login", content: new StringContent("{}", null, "application/json"), forwardedFor: from)).Status;

    private static ConnectOptions From(string address) => new() { Headers = new Dictionary<string, string> { ["X-Forwarded-For"] = address } };

    /// <summary>With which status a further connection is refused; null where it is not.</summary>
    private static async Task<HttpStatusCode?> Refused(ChatServer server, ConnectOptions? options = null)
    {
        try
        {
            await using var chat = await ChatConnection.Connect(server.Socket, options).WaitAsync(ChatServer.Patience);
            return null;
        }
        catch (ChatRefusedException e)
        {
            return e.Status;
        }
    }
}
