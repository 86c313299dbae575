using OrleansChat.Client;
using OrleansChat.Rooms;
using OrleansChat.Tests.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Rooms;

/// <summary>Who is here, who types, who has read how far.</summary>
public sealed class PassingNews(ChatServer server) : IClassFixture<ChatServer>
{
    [Fact]
    public async Task Who_comes_is_online_until_their_last_session_goes()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var bob = await server.Enter("bob");
        await bob.Join(room);
        await ada.Next<ChatPush.Presence>(news => news.Room == room && news.Online!.Contains(bob.Id));
        Assert.Equal([true, true], await Online(ada, room));
        var bobsPhone = await bob.Again();
        await bob.DisposeAsync();
        Assert.Equal([true, true], await Online(ada, room));
        await bobsPhone.DisposeAsync();
        await ada.Next<ChatPush.Presence>(news => news.Room == room && news.Offline!.Contains(bob.Id));
        Assert.Equal([true, false], await Online(ada, room));
        Assert.Single(ada.Seen.OfType<ChatPush.Presence>(), news => news.Offline?.Contains(bob.Id) == true);
        Assert.Equal([ada.Id], (await ada.Chat.Who([ada.Id, bob.Id])).Users.Where(user => user.Online).Select(user => user.User));
    }

    [Fact]
    public async Task In_a_room_of_more_than_five_hundred_only_the_number_is_told()
    {
        var (id, token) = await server.Account("ada");
        var room = await WrittenRoom.Open(server.Storage, RoomId.Parse(server.NameLike("hall")), DateTimeOffset.UtcNow.AddDays(-1));
        await room.Append(UserId.Parse(id), new RoomEvent.Created("Hall", Visibility.Public));
        for (var i = 0; i < 500; i++) await room.Append(UserId.Parse($"member-{i}"), new RoomEvent.Joined());
        await using var ada = await Person.Enter(server, token);
        Assert.Equal(1, (await ada.Next<ChatPush.Presence>()).Count);
        await using var bob = await server.Enter("bob");
        await bob.Join(room.Id.Value);
        var presence = await ada.Next<ChatPush.Presence>(news => news.Count == 2);
        Assert.Equal((null, null), (presence.Online, presence.Offline));
    }

    [Fact]
    public async Task Read_marks_are_told_and_counted_and_never_move_back()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Join(room);
        for (var i = 3; i <= 10; i++) await ada.Say(room, i % 4 == 0 ? $"Number {i}, @{bob.Id}" : $"Number {i}");
        await ada.Chat.Delete(room, 10);
        var entry = await bob.Entry(room);
        Assert.Equal((11, 2, 7, 2), (entry.Head, entry.Read, entry.Unread, entry.Mentions));
        await bob.Chat.Read(room, 5);
        Assert.Equal(new ChatPush.Read(room, bob.Id, 5), await ada.Next<ChatPush.Read>());
        await bob.Chat.Read(room, 4);
        entry = await bob.Entry(room);
        Assert.Equal((5, 4, 1), (entry.Read, entry.Unread, entry.Mentions));
        await bob.Chat.Read(room, 9_007_199_254_740_991);
        Assert.Equal(11, (await ada.Next<ChatPush.Read>()).Seq);
        entry = await bob.Entry(room);
        Assert.Equal((11, 0, 0), (entry.Read, entry.Unread, entry.Mentions));
        Assert.Equal("bad_request", await bob.Word(chat => chat.Read(room, -1)));
    }

    [Fact]
    public async Task Who_came_in_late_has_nothing_unread_of_what_they_wrote_themselves()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        await ada.Say(room, $"I talk to myself, @{ada.Id}");
        var entry = await ada.Entry(room);
        Assert.Equal((0, 0), (entry.Unread, entry.Mentions));
    }

    private static async Task<IEnumerable<bool>> Online(Person who, string room) =>
        (await who.Chat.Status(room).WaitAsync(ChatServer.Patience)).Members.Select(member => member.Online);
}
