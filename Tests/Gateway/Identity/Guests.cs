using OrleansChat.Client;

namespace OrleansChat.Tests.Gateway.Identity;

/// <summary>People without an account.</summary>
public sealed class Guests(ChatServer server) : IClassFixture<ChatServer>
{
    [Fact]
    public async Task A_guest_comes_back_by_their_token_and_finds_their_rooms()
    {
        var gil = await server.EnterAsGuest("Gil");
        Assert.Equal(("Gil", true), (gil.Welcome.User.Name, gil.Welcome.User.Guest));
        Assert.Matches("^guest-[a-z0-9]{12,26}$", gil.Id);
        var room = await gil.NewRoom();
        await gil.DisposeAsync();
        await using var again = await gil.Again();
        Assert.Equal((gil.Welcome.User, gil.Token), (again.Welcome.User, again.Welcome.Token));
        Assert.Equal([room], again.Welcome.Rooms.Select(entry => entry.Room));
    }

    [Fact]
    public async Task Two_guests_of_one_name_are_two_people_and_an_account_is_told_no_token()
    {
        await using var one = await server.EnterAsGuest("Gil");
        await using var other = await server.EnterAsGuest("Gil");
        await using var ada = await server.Enter("ada");
        Assert.NotEqual(one.Id, other.Id);
        Assert.Equal((false, null), (ada.Welcome.User.Guest, ada.Welcome.Token));
    }

    [Theory]
    [InlineData("", "bad_request")]
    [InlineData("   ", "bad_request")]
    [InlineData("Gi\u0007l", "bad_request")]
    [InlineData("101", "too_long")]
    [InlineData("100", "ok")]
    public async Task A_guest_has_a_name_of_one_to_a_hundred_characters(string name, string expected)
    {
        await using var chat = await ChatConnection.Connect(server.Socket);
        var guest = int.TryParse(name, out var length) ? new string('x', length) : name;
        if (expected is "ok") await chat.Hello(guest: guest).WaitAsync(ChatServer.Patience);
        else Assert.Equal(expected, (await Assert.ThrowsAsync<ChatException>(() => chat.Hello(guest: guest).WaitAsync(ChatServer.Patience))).Code);
        // A refused name does not end the connection: a better one may follow.
        if (expected is not "ok") Assert.Equal("Gil", (await chat.Hello(guest: "Gil").WaitAsync(ChatServer.Patience)).User.Name);
    }

    [Fact]
    public async Task Where_guests_are_switched_off_only_accounts_come_in()
    {
        await using var closed = await ChatServer.Start("Chat:Guests:Allowed=false");
        Assert.Equal("forbidden", (await Assert.ThrowsAsync<ChatException>(() => closed.EnterAsGuest("Gil"))).Code);
        await using var ada = await closed.Enter("ada");
        Assert.Equal("Ada", ada.Welcome.User.Name);
    }

    [Fact]
    public async Task Where_guests_are_switched_off_those_of_before_do_not_come_back()
    {
        await using var closed = await ChatServer.Start("Chat:Guests:Allowed=false");
        var (_, token) = await closed.Account("guest-gil");
        Assert.Equal("unauthenticated", (await Assert.ThrowsAsync<ChatException>(() => Person.Enter(closed, token: token))).Code);
    }

    [Fact]
    public async Task Guests_may_be_refused_single_operations()
    {
        await using var strict = await ChatServer.Start("Chat:Guests:Refused:0=create", "Chat:Guests:Refused:1=post");
        await using var gil = await strict.EnterAsGuest("Gil");
        await using var ada = await strict.Enter("ada");
        await gil.Join("lobby");
        await ada.Join("lobby");
        Assert.Equal("forbidden", await gil.Word(chat => chat.Create("gils-den")));
        Assert.Equal("forbidden", await gil.Word(chat => chat.Post("lobby", "Hello")));
        Assert.Equal("forbidden", (await strict.Post("/api/v1/rooms/lobby/messages", """{"text":"Hello","key":"key"}""", gil.Token)).Word);
        Assert.Equal("ok", await gil.Word(chat => chat.Typing("lobby")));
        Assert.Equal("ok", await ada.Word(chat => chat.Post("lobby", "Hello")));
    }
}
