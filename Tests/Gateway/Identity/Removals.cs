using OrleansChat.Client;

namespace OrleansChat.Tests.Gateway.Identity;

/// <summary>An account goes: by its own hand or an administrator's, with its words or without them.</summary>
public sealed class Removals(ChatServer server) : IClassFixture<ChatServer>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_is_removed_leaves_their_rooms_and_their_words_only_if_wanted(bool erase)
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        await using var bobsPhone = await Person.Enter(server, await server.NewToken(bob.Id));
        var room = await ada.NewRoom();
        await bob.Join(room);
        var seq = await bob.Say(room, "A pelican");
        Assert.Equal(204, (await Remove(bob.Id, bob.Token, erase)).Status);
        Assert.Equal((4010, 4010), (await bob.Closed(), await bobsPhone.Closed()));
        var events = await ada.EventsUpTo(room, seq + (erase ? 2 : 1));
        Assert.Equal(erase ? ["joined", "message", "deleted", "left"] : ["joined", "message", "left"], events.Select(e => e.Kind));
        Assert.Equal(erase ? null : "A pelican", (await ada.Chat.History(room)).Messages.Single().Text);
        Assert.Empty((await ada.Chat.Who([bob.Id])).Users);
        Assert.Equal([ada.Id], (await ada.Chat.Status(room)).Members.Select(member => member.User));
    }

    [Fact]
    public async Task A_removed_ones_id_stays_taken_and_their_tokens_are_worth_nothing()
    {
        await using var bob = await server.Enter("bob");
        await Remove(bob.Id, bob.Token);
        Assert.Equal("conflict", (await server.Post("/api/v1/register", $$"""{"user":"{{bob.Id}}","password":"correct horse"}""")).Word);
        Assert.Equal("unauthenticated", (await server.Get("/api/v1/rooms", bob.Token)).Word);
        Assert.Equal("unauthenticated", (await Assert.ThrowsAsync<ChatException>(() => bob.Again())).Code);
    }

    [Fact]
    public async Task Nobody_removes_another_but_an_administrator()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        await using var root = await server.Enter("root", admin: true);
        Assert.Equal("forbidden", (await Remove(bob.Id, ada.Token)).Word);
        Assert.Equal("forbidden", (await Remove("nobody", ada.Token)).Word);
        Assert.Equal("unauthenticated", (await server.Send(HttpMethod.Delete, $"/api/v1/users/{bob.Id}")).Word);
        Assert.Equal("ok", await bob.Word(chat => chat.Ping()));
        Assert.Equal(204, (await Remove(bob.Id, root.Token)).Status);
        Assert.Equal(4010, await bob.Closed());
        Assert.Equal("not_found", (await Remove(bob.Id, root.Token)).Word);
        Assert.Equal("not_found", (await Remove("nobody", root.Token)).Word);
        Assert.Equal("bad_request", (await Remove("NOBODY!", root.Token)).Word);
    }

    [Fact]
    public async Task A_guest_removes_themselves_too()
    {
        await using var gil = await server.EnterAsGuest("Gil");
        Assert.Equal(204, (await Remove(gil.Id, gil.Token, erase: true)).Status);
        Assert.Equal(4010, await gil.Closed());
    }

    [Fact]
    public async Task The_last_owners_room_goes_to_whoever_served_longest()
    {
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Join(room);
        await Remove(ada.Id, ada.Token);
        Assert.Equal(("role", bob.Id, "owner"), (await bob.EventsUpTo(room, 4)) is [.., var last] ? (last.Kind, last.User, last.Role) : default);
    }

    private Task<WebAnswer> Remove(string user, string token, bool erase = false) =>
        server.Send(HttpMethod.Delete, $"/api/v1/users/{Uri.EscapeDataString(user)}?erase={(erase ? "true" : "false")}", token);
}
