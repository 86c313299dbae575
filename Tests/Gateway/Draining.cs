using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansChat.Client;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Storage.Memory;
using OrleansChat.Tests.Conformance;

namespace OrleansChat.Tests.Gateway;

/// <summary>A node that was told to stop takes nobody in, finishes what is under way, and sends its people elsewhere.</summary>
public sealed class Draining
{
    [Fact]
    public async Task It_is_not_ready_and_takes_no_sockets_while_what_is_under_way_is_answered_before_goodbye()
    {
        var storage = new FaultyStorage(new MemoryStorage());
        await using var server = await ChatServer.Start(services => services.AddSingleton<IStorage>(storage));
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var held = storage.HoldNextAppend(RoomId.Parse(room));
        var post = ada.Chat.Post(room, "The last word");
        await held.Reached;

        var stopping = server.Stop();
        var ready = await server.Get("/health/ready");
        Assert.Equal((503, 200), (ready.Status, (await server.Get("/health/live")).Status));
        Assert.Equal((503, "1"), await Upgrade(server));
        held.Release();
        Assert.Equal(2, (await post.WaitAsync(ChatServer.Patience)).Seq);
        await ada.Next<ChatPush.Bye>();
        Assert.Equal(1012, await ada.Closed());
        await stopping;
    }

    [Fact]
    public async Task It_is_not_ready_from_the_signal_on()
    {
        await using var server = await ChatServer.Start();
        Assert.Equal(200, (await server.Get("/health/ready")).Status);
        server.Get<IHostApplicationLifetime>().StopApplication(); // as SIGTERM does; nobody here acts upon it
        Assert.Equal(503, (await server.Get("/health/ready")).Status);
        Assert.Equal((503, "1"), await Upgrade(server));
    }

    [Fact]
    public async Task Its_clients_are_asked_to_come_back_spread_over_a_second()
    {
        await using var server = await ChatServer.Start();
        var people = new List<Person>();
        for (var i = 0; i < 10; i++) people.Add(await server.EnterAsGuest("Gil"));
        var stopping = server.Stop();
        var waits = new HashSet<double>();
        foreach (var person in people)
        {
            var wait = (await person.Next<ChatPush.Bye>()).RetryAfter!.Value;
            Assert.InRange(wait, 0, 1);
            waits.Add(wait);
            await person.DisposeAsync();
        }

        Assert.InRange(waits.Count, 2, 10);
        await stopping;
    }

    /// <summary>What an upgrade gets: the status, and <c>Retry-After</c>.</summary>
    private static async Task<(int Status, string RetryAfter)> Upgrade(ChatServer server)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("chat.v1");
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(server.Socket, CancellationToken.None).WaitAsync(ChatServer.Patience));
        return ((int)socket.HttpStatusCode, string.Join(", ", socket.HttpResponseHeaders!["Retry-After"]));
    }
}
