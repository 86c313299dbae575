using OrleansChat.Tests.Gateway.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Identity;

/// <summary>Registering, signing in and signing out, over HTTP.</summary>
public sealed class Accounts(ChatServer server) : IClassFixture<ChatServer>
{
    private const string Password = "correct horse";

    [Fact]
    public async Task Whoever_registers_comes_in_with_the_token_and_signs_in_again_with_the_password()
    {
        var user = server.NameLike("ada");
        var registered = await server.Post("/api/v1/register", $$"""{"user":"{{user}}","name":"Ada Lovelace","password":"{{Password}}"}""");
        var signedIn = await server.Post("/api/v1/login", $$"""{"user":"{{user}}","password":"{{Password}}"}""");
        foreach (var answer in new[] { registered, signedIn })
        {
            Assert.Equal(200, answer.Status);
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", answer.Body.GetProperty("expires").GetString());
            await using var ada = await Person.Enter(server, token: answer.Body.GetProperty("token").GetString());
            Assert.Equal((user, "Ada Lovelace", false), (ada.Id, ada.Welcome.User.Name, ada.Welcome.User.Guest));
        }
    }

    [Theory]
    [InlineData("""{"user":"TAKEN","name":"Eve","password":"correct horse"}""", "conflict")]
    [InlineData("""{"user":"Ada","name":"Ada","password":"correct horse"}""", "bad_request")]
    [InlineData("""{"user":"a","name":"Ada","password":"correct horse"}""", "bad_request")]
    [InlineData("""{"user":"ada+bob","name":"Ada","password":"correct horse"}""", "bad_request")]
    [InlineData("""{"user":"guest-ada","name":"Ada","password":"correct horse"}""", "bad_request")]
    [InlineData("""{"user":"fresh","name":"Ada","password":"short"}""", "bad_request")]
    [InlineData("""{"user":"fresh","name":"","password":"correct horse"}""", "bad_request")]
    [InlineData("""{"user":"fresh","name":"Ada"}""", "bad_request")]
    [InlineData("""{"user":"fresh","name":"Ada","password":null}""", "bad_request")]
    [InlineData("""{"user":null,"name":"Ada","password":"correct horse"}""", "bad_request")]
    [InlineData("""{"name":"Ada","password":"correct horse"}""", "bad_request")]
    [InlineData("""{"user":"fresh","name":"Ada","password":12345678}""", "bad_request")]
    [InlineData("{}", "bad_request")]
    [InlineData("null", "bad_request")]
    public async Task What_cannot_be_an_account_is_refused(string registration, string expected)
    {
        var taken = await server.Account("bob");
        Assert.Equal(expected, (await server.Post("/api/v1/register", registration.Replace("TAKEN", taken.Id, StringComparison.Ordinal))).Word);
        Assert.Null(await server.Storage.FindAccount(UserId.Parse("fresh")));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_sound_the_same()
    {
        var user = server.NameLike("ada");
        await server.Post("/api/v1/register", $$"""{"user":"{{user}}","password":"{{Password}}"}""");
        string[] wrong = [$$"""{"user":"{{user}}","password":"battery staple"}""", """{"user":"nobody","password":"battery staple"}""", """{"user":"!","password":""}"""];
        var answers = new List<WebAnswer>();
        foreach (var login in wrong) answers.Add(await server.Post("/api/v1/login", login));
        Assert.All(answers, answer => Assert.Equal((401, "unauthenticated"), (answer.Status, answer.Word)));
        Assert.Single(answers.Select(answer => answer.Body.GetProperty("detail").GetString()).Distinct());
    }

    [Fact]
    public async Task Signing_out_closes_exactly_that_sessions_connections()
    {
        var (id, desk) = await server.Account("ada");
        var phone = await server.NewToken(id);
        await using var atDesk = await Person.Enter(server, desk);
        await using var alsoAtDesk = await Person.Enter(server, desk);
        await using var onPhone = await Person.Enter(server, phone);
        Assert.Equal(204, (await server.Post("/api/v1/logout", "", desk)).Status);
        Assert.Equal((4010, 4010), (await atDesk.Closed(), await alsoAtDesk.Closed()));
        Assert.Equal("ok", await onPhone.Word(chat => chat.Ping()));
        Assert.Equal("unauthenticated", (await server.Get("/api/v1/rooms", desk)).Word);
        Assert.Equal("unauthenticated", (await server.Post("/api/v1/logout", "", desk)).Word);
        Assert.Equal("ok", (await server.Get("/api/v1/rooms", phone)).Word);
    }

    [Fact]
    public async Task Whoever_is_signed_out_in_the_very_moment_of_coming_in_does_not_stay()
    {
        await using var quick = await LossyFeed.Start();
        var (_, token) = await quick.Account("ada");
        quick.Get<LossyFeed>().BeforeFollowing = _ => quick.Post("/api/v1/logout", "", token);
        await using var ada = await Wire.Open(quick);
        await ada.Send($$"""{"op":"hello","id":1,"token":"{{token}}"}""");
        Assert.Equal(4010, await ada.Closed());
    }

    [Fact]
    public async Task A_password_is_changed_by_whoever_knows_the_present_one()
    {
        var user = server.NameLike("ada");
        var token = (await server.Post("/api/v1/register", $$"""{"user":"{{user}}","password":"{{Password}}"}""")).Body.GetProperty("token").GetString();
        Assert.Equal("forbidden", (await server.Post("/api/v1/password", """{"password":"not it at all","newPassword":"battery staple"}""", token)).Word);
        Assert.Equal("bad_request", (await server.Post("/api/v1/password", $$"""{"password":"{{Password}}","newPassword":"short"}""", token)).Word);
        Assert.Equal("bad_request", (await server.Post("/api/v1/password", $$"""{"password":"{{Password}}"}""", token)).Word);
        Assert.Equal(204, (await server.Post("/api/v1/password", $$"""{"password":"{{Password}}","newPassword":"battery staple"}""", token)).Status);
        Assert.Equal(401, (await server.Post("/api/v1/login", $$"""{"user":"{{user}}","password":"{{Password}}"}""")).Status);
        Assert.Equal(200, (await server.Post("/api/v1/login", $$"""{"user":"{{user}}","password":"battery staple"}""")).Status);
    }
}
