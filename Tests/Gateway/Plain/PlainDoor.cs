using OrleansChat.Gateway;
using OrleansChat.Gateway.Plain;

namespace OrleansChat.Tests.Gateway.Plain;

/// <summary>Who is let in over plain TCP, and how it ends.</summary>
public sealed class PlainDoor
{
    [Fact]
    public async Task It_is_shut_until_it_has_a_port()
    {
        await using var server = await ChatServer.Start();
        Assert.Throws<InvalidOperationException>(() => server.Get<PlainListener>());
    }

    [Fact]
    public async Task An_address_has_so_many_connections_over_all_ways_in()
    {
        await using var server = await ChatServer.Start("Chat:Plain:Port=0", "Chat:Limits:ConnectionsPerAddress=2");
        await using var ada = await server.Enter("ada");
        using var bob = await Connect(server);
        await bob.Be("Bob");
        using var eve = await Connect(server);
        Assert.Equal("! Too many connections from your address.\n", await eve.Rest());
    }

    [Fact]
    public async Task Where_no_guests_are_welcome_it_says_so()
    {
        await using var server = await ChatServer.Start("Chat:Plain:Port=0", "Chat:Guests:Allowed=false");
        using var bob = await Connect(server);
        Assert.Equal("! This server takes no guests; sign in with an account.\n", await bob.Rest());
    }

    [Fact]
    public async Task What_guests_may_not_do_they_may_not_do_here()
    {
        await using var server = await ChatServer.Start("Chat:Plain:Port=0", "Chat:Guests:Refused:0=dm");
        using var bob = await Connect(server);
        await bob.Be("Bob");
        await bob.Send("/msg admin Hello\n");
        Assert.StartsWith("! ", await bob.Line());
    }

    [Fact]
    public async Task A_server_that_stops_says_goodbye()
    {
        await using var server = await ChatServer.Start("Chat:Plain:Port=0");
        using var bob = await Connect(server);
        await bob.Be("Bob");
        await server.Stop();
        Assert.Equal("! Goodbye: the server is going down.\n", await bob.Rest());
    }

    [Fact]
    public async Task Who_never_reads_is_let_go_and_holds_nobody_up()
    {
        await using var server = await ChatServer.Start("Chat:Plain:Port=0", "Chat:Limits:Enabled=false", "Chat:Limits:Outbox=65536");
        using var deaf = await Connect(server);
        await using var ada = await Person.Enter(server, guest: "Ada", options: new() { OnPush = _ => { } });
        await ada.Join("lobby");
        var sockets = server.Get<OrleansChat.Gateway.Sockets.OpenSockets>();
        for (var i = 0; sockets.Count > 1; i++)
        {
            Assert.InRange(i, 0, 50_000);
            await ada.Say("lobby", new string('x', 4_000));
        }

        using var patience = new CancellationTokenSource(ChatServer.Patience);
        while (server.Get<PlainListener>().Count > 0) await Task.Delay(20, patience.Token); // although it has not read to the end
        using var bob = await Connect(server);
        await bob.Be("Bob");
    }

    [Fact]
    public void A_value_that_cannot_be_is_named()
    {
        foreach (var (key, options) in new[] { ("Port", new PlainOptions { Port = 70_000 }), ("Address", new() { Address = "here" }), ("Room", new() { Room = "The Lobby" }) })
        {
            Assert.Contains($"Chat:Plain:{key}", Assert.Single(new ChatOptions { Plain = options }.Faults()), StringComparison.Ordinal);
        }
    }

    private static Task<PlainPeer> Connect(ChatServer server) => PlainPeer.Connect(server.Get<PlainListener>().EndPoints.Single());
}
