using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Client;
using OrleansChat.Storage;
using OrleansChat.Storage.Memory;
using OrleansChat.Tests.Conformance;

namespace OrleansChat.Tests.Gateway.Http;

/// <summary>The front door for operators: health, and metrics without a name in them.</summary>
public sealed class Operators
{
    [Fact]
    public async Task Ready_is_who_can_store_and_alive_is_who_answers()
    {
        var storage = new FaultyStorage(new MemoryStorage());
        await using var server = await ChatServer.Start(services => services.AddSingleton<IStorage>(storage));
        Assert.Equal((200, 200), ((await server.Get("/health/live")).Status, (await server.Get("/health/ready")).Status));
        storage.Away = true;
        Assert.Equal((200, 503), ((await server.Get("/health/live")).Status, (await server.Get("/health/ready")).Status));
        storage.Away = false;
        Assert.Equal(200, (await server.Get("/health/ready")).Status);
    }

    [Fact]
    public async Task While_storage_is_away_everything_is_unavailable_and_afterwards_the_same_connections_go_on()
    {
        var storage = new FaultyStorage(new MemoryStorage());
        await using var server = await ChatServer.Start(services => services.AddSingleton<IStorage>(storage), "Chat:PublicMetrics=false");
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        await using var stranger = await ChatConnection.Connect(server.Socket);
        storage.Away = true;
        Func<ChatConnection, Task>[] operations =
        [
            chat => chat.Post(room, "Hello?", "key"), chat => chat.Join(room), chat => chat.History(room), chat => chat.Status(room),
            chat => chat.Search("hello"), chat => chat.Rooms(), chat => chat.Who(["bob"]), chat => chat.Block("bob"), chat => chat.Create("fresh"),
        ];
        foreach (var operation in operations) Assert.Equal("unavailable", await ada.Word(operation));
        Assert.Equal("ok", await ada.Word(chat => chat.Ping()));
        Assert.Equal("unavailable", (await Assert.ThrowsAsync<ChatException>(() => stranger.Hello(token: ada.Token))).Code);
        Assert.Equal("unavailable", (await Assert.ThrowsAsync<ChatException>(() => stranger.Hello(guest: "Gil"))).Code);
        foreach (var path in new[] { "/api/v1/rooms", $"/api/v1/rooms/{room}", "/api/v1/search?query=x", "/metrics" })
        {
            var answer = await server.Get(path, ada.Token);
            Assert.Equal((503, "unavailable"), (answer.Status, answer.Word));
        }

        var login = await server.Post("/api/v1/login", """{"user":"ada","password":"correct horse"}""");
        Assert.Equal((503, "unavailable", TimeSpan.FromSeconds(1)), (login.Status, login.Word, login.RetryAfter));
        storage.Away = false;
        Assert.Equal("Ada", (await stranger.Hello(token: ada.Token).WaitAsync(ChatServer.Patience)).User.Name);
        while (await ada.Word(chat => chat.Post(room, "Back again", "key")) is "unavailable")
        {
            // The room's next activation reads the log first.
        }

        Assert.Equal("Back again", (await ada.EventsUpTo(room, 2))[^1].Text);
        Assert.Equal("ok", await ada.Word(chat => chat.Join(room)));
    }

    [Fact]
    public async Task Metrics_are_open_and_name_neither_people_nor_rooms()
    {
        await using var server = await ChatServer.Start();
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        await ada.Say(room, "A pelican");
        var text = await server.Http.GetStringAsync("/metrics");
        Assert.Matches(@"(?m)^# TYPE chat_connections gauge$", text);
        Assert.Matches(@"(?m)^chat_connections\{\} 1$", text);
        Assert.Matches(@"(?m)^chat_messages_in_total\{\} [1-9]", text);
        foreach (var secret in new[] { ada.Id, room, "Ada", "pelican" }) Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_key_closes_the_metrics_to_all_but_administrators()
    {
        await using var server = await ChatServer.Start("Chat:PublicMetrics=false");
        Assert.Equal("unauthenticated", (await server.Get("/metrics")).Word);
        Assert.Equal("forbidden", (await server.Get("/metrics", (await server.Account("ada")).Token)).Word);
        Assert.Equal((200, "text/plain"), (await server.Get("/metrics", (await server.Account("root", admin: true)).Token)) is var answer ? (answer.Status, answer.MediaType) : default);
    }
}
