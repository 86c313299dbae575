using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Storage.Memory;
using OrleansChat.Tests.Conformance;

namespace OrleansChat.Tests.Gateway.Limits;

/// <summary>Sizes hold, whether the rates are lifted or not.</summary>
public sealed class Sizes
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_text_has_so_many_code_points_after_trimming(bool enabled)
    {
        await using var server = await ChatServer.Start($"Chat:Limits:Enabled={enabled}", "Chat:Limits:Text=10");
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        Assert.Equal(10, ada.Welcome.Limits.Text);
        Assert.Equal("ok", await ada.Word(chat => chat.Post(room, string.Concat(Enumerable.Repeat("🦩", 10)))));
        Assert.Equal("ok", await ada.Word(chat => chat.Post(room, "  0123456789\n")));
        Assert.Equal("too_long", await ada.Word(chat => chat.Post(room, "0123456789a")));
        Assert.Equal("too_long", await ada.Word(chat => chat.Edit(room, 2, "0123456789a")));
        Assert.Equal("bad_request", await ada.Word(chat => chat.Post(room, " \n\t ")));
        Assert.Equal((400, "too_long"), await Web(server, room, "0123456789a", ada.Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_frame_has_so_many_bytes_and_a_larger_one_closes_with_1009(bool enabled)
    {
        await using var server = await ChatServer.Start($"Chat:Limits:Enabled={enabled}", "Chat:Limits:Frame=1024");
        await using var ada = await server.Enter("ada");
        Assert.Equal(1024, ada.Welcome.Limits.Frame);
        await using var wire = await Wire.Enter(server, ada.Token);
        await wire.Send(Padded(1024));
        Assert.Equal("ok", Wire.Word(await wire.Answer(1)));
        await wire.Send(Padded(1025));
        Assert.Equal(1009, await wire.Closed());
        Assert.Equal((413, "too_long"), await Web(server, "lobby", new string('x', 1024), ada.Token));
    }

    [Theory]
    [InlineData("k", "ok")]
    [InlineData("!~", "ok")]
    [InlineData("", "bad_request")]
    [InlineData("two words", "bad_request")]
    [InlineData("clé", "bad_request")]
    [InlineData("tab\t", "bad_request")]
    public async Task A_key_has_one_to_sixty_four_visible_ascii_characters(string key, string expected)
    {
        await using var server = await ChatServer.Start();
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        Assert.Equal(expected, await ada.Word(chat => chat.Post(room, "Hello", key)));
        Assert.Equal("ok", await ada.Word(chat => chat.Post(room, "Hello", new string('k', 64))));
        Assert.Equal("bad_request", await ada.Word(chat => chat.Post(room, "Hello", new string('k', 65))));
    }

    [Fact]
    public async Task Binary_messages_are_refused_with_1003()
    {
        await using var server = await ChatServer.Start();
        await using var ada = await server.Enter("ada");
        await ada.Chat.Send("{}"u8, WebSocketMessageType.Binary);
        Assert.Equal(1003, await ada.Closed());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task So_many_operations_of_a_connection_are_under_way_and_further_frames_wait_unread(int inFlight, bool answered)
    {
        var storage = new FaultyStorage(new MemoryStorage());
        await using var server = await ChatServer.Start(services => services.AddSingleton<IStorage>(storage), $"Chat:Limits:InFlight={inFlight}");
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var held = storage.HoldNextAppend(RoomId.Parse(room));
        var post = ada.Chat.Post(room, "Take your time");
        await held.Reached;
        var ping = ada.Chat.Ping();
        if (answered) await ping.WaitAsync(ChatServer.Patience);
        else Assert.False(ping.IsCompleted);
        Assert.False(post.IsCompleted);
        held.Release();
        await Task.WhenAll(post, ping).WaitAsync(ChatServer.Patience);
    }

    private static string Padded(int bytes)
    {
        const string Around = """{"op":"ping","id":1,"x":""}""";
        return Around.Insert(Around.Length - 2, new string('x', bytes - Around.Length));
    }

    private static async Task<(int, string)> Web(ChatServer server, string room, string text, string token)
    {
        var answer = await server.Post($"/api/v1/rooms/{room}/messages", $$"""{"text":"{{text}}","key":"web"}""", token);
        return (answer.Status, answer.Word);
    }
}
