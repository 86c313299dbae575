using Microsoft.AspNetCore.Http;
using OrleansChat.Client;

namespace OrleansChat.Tests.Client;

/// <summary>Who a <see cref="ChatClient"/> is when it comes again.</summary>
public sealed class ClientSignIns : AtAPeer
{
    [Fact]
    public async Task A_guest_comes_back_as_the_same_guest()
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        server.Abort();
        var hello = await (await peer.Accept()).Welcome();
        Assert.Equal("t1", hello.GetProperty("token").GetString());
        Assert.False(hello.TryGetProperty("guest", out var _));
        Assert.Equal("t1", ada.GuestToken);
    }

    [Fact]
    public async Task A_guest_whom_the_server_forgot_since_the_last_visit_is_a_new_guest()
    {
        var starting = Start(new SignIn.Guest("Ada", "old"));
        var server = await peer.Accept();
        Assert.Equal("old", (await server.Receive("hello")).GetProperty("token").GetString());
        await server.Close(4003);
        Assert.Equal("Ada", (await (await peer.Accept()).Welcome()).GetProperty("guest").GetString());
        await (await starting.WaitAsync(Peer.Patience)).DisposeAsync();
    }

    [Fact]
    public async Task A_guest_does_not_turn_into_another_one_behind_the_programs_back()
    {
        var (ada, server) = await Enter();
        await using var _ = ada;
        var post = ada.Post("lobby", "hello");
        await server.Close(4003);
        await ada.Stopped.WaitAsync(Peer.Patience);
        await Assert.ThrowsAsync<ChatStoppedException>(() => post.WaitAsync(Peer.Patience));
    }

    [Fact]
    public async Task An_account_fetches_a_new_token_when_the_old_one_ran_out()
    {
        var logins = 0;
        peer.Login = body => body.Contains("\"user\":\"ada\"") ? Results.Json(new { token = $"login{++logins}", expires = "2026-11-22T09:00:00Z" }) : Results.NotFound();
        var starting = Start(new SignIn.Account("ada", "secret"));
        var server = await peer.Accept();
        var hello = await server.Receive("hello");
        Assert.Equal("login1", hello.GetProperty("token").GetString());
        await server.Refuse(hello, """{"code":"unauthenticated","message":"Expired."}""");
        server = await peer.Accept();
        Assert.Equal("login2", (await server.Receive("hello")).GetProperty("token").GetString());
        server.Abort();
        await (await peer.Accept()).Welcome();
        await (await starting.WaitAsync(Peer.Patience)).DisposeAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_not_tried_again()
    {
        peer.Login = _ => Results.Json(new { code = "unauthenticated", title = "Wrong." }, contentType: "application/problem+json", statusCode: 401);
        var stopped = await Assert.ThrowsAsync<ChatStoppedException>(() => Start(new SignIn.Account("ada", "wrong")).WaitAsync(Peer.Patience));
        Assert.Equal("unauthenticated", Assert.IsType<ChatException>(stopped.InnerException).Code);
    }
}
