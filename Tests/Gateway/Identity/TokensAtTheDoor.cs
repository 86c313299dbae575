using System.Text.Json;
using OrleansChat.Gateway.Identity;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Identity;

/// <summary>A token that is wrong, expired or revoked opens nothing: 4003 at the socket, 401 over HTTP.</summary>
public sealed class TokensAtTheDoor(ChatServer server) : IClassFixture<ChatServer>
{
    [Theory]
    [InlineData("empty")]
    [InlineData("nonsense")]
    [InlineData("cut")]
    [InlineData("changed")]
    [InlineData("long")]
    [InlineData("expired")]
    [InlineData("revoked")]
    [InlineData("never stored")]
    [InlineData("another server's")]
    public async Task A_token_that_is_none_is_refused_and_ends_the_connection(string which)
    {
        var token = await Token(which);
        await using var wire = await Wire.Open(server);
        await wire.Send($$"""{"op":"hello","id":1,"token":{{JsonSerializer.Serialize(token)}}}""");
        Assert.Equal("unauthenticated", Wire.Word(await wire.Answer(1)));
        Assert.Equal(4003, await wire.Closed());
        if (which is not ("empty" or "long")) Assert.Equal((401, "unauthenticated"), await Http(token));
    }

    [Fact]
    public async Task Without_a_token_nothing_over_http_is_known() =>
        Assert.Equal((401, "unauthenticated"), await Http(null));

    [Theory]
    [InlineData("""{"op":"join","id":1,"room":"lobby"}""")]
    [InlineData("""{"op":"rooms","id":1}""")]
    [InlineData("""{"op":"post","id":1,"room":"lobby","text":"Hello","key":"key"}""")]
    [InlineData("""{"op":"ping","id":1}""")]
    [InlineData("""{"op":"watch","id":1,"topic":"metrics"}""")]
    public async Task Before_hello_nothing_else_is_taken(string operation)
    {
        await using var wire = await Wire.Open(server);
        await wire.Send(operation);
        Assert.Equal("unauthenticated", Wire.Word(await wire.Answer(1)));
        await wire.Send("""{"op":"hello","id":2,"guest":"Gil"}""");
        Assert.Equal("ok", Wire.Word(await wire.Answer(2)));
    }

    [Fact]
    public async Task Nobody_speaks_for_another_whatever_their_frames_say()
    {
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var (id, token) = await server.Account("eve");
        await using var eve = await Wire.Enter(server, token);
        await eve.Send($$"""{"op":"join","id":1,"room":"{{room}}","by":"{{ada.Id}}","user":"{{ada.Id}}","token":"{{ada.Token}}"}""");
        await eve.Send($$"""{"op":"post","id":2,"room":"{{room}}","text":"I am Ada","key":"key","by":"{{ada.Id}}","user":{"id":"{{ada.Id}}"},"seq":1}""");
        await eve.Answer(2);
        Assert.Equal([id, id], (await ada.EventsUpTo(room, 3)).Select(e => e.By));
    }

    private async Task<(int, string)> Http(string? token)
    {
        var answer = await server.Get("/api/v1/rooms", token);
        return (answer.Status, answer.Word);
    }

    private async Task<string> Token(string which)
    {
        var (id, token) = await server.Account("ada");
        switch (which)
        {
            case "empty": return "";
            case "nonsense": return "let-me-in";
            case "cut": return token[..^4];
            case "changed": return token[..20] + (token[20] == 'A' ? 'B' : 'A') + token[21..];
            case "long": return new string('A', 60_000);
            case "expired": return await server.NewToken(id, lifetime: TimeSpan.FromSeconds(-1));
            case "revoked":
                await server.Storage.EndSession((await server.Get<Tokens>().Read(token))!.Session);
                return token;
            case "never stored":
                return server.Get<Tokens>().Issue(new(SessionId.New(), UserId.Parse(id), DateTimeOffset.UtcNow.AddDays(1)));
            default:
                await using (var other = await ChatServer.Start()) return (await other.Account("ada")).Token;
        }
    }
}
