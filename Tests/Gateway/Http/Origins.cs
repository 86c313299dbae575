using System.Net;
using OrleansChat.Client;

namespace OrleansChat.Tests.Gateway.Http;

/// <summary>Whose pages may connect: the server's own, and those that are configured. Programs say no origin.</summary>
public sealed class Origins : IAsyncLifetime
{
    private ChatServer server = null!;

    public async ValueTask InitializeAsync() => server = await ChatServer.Start("Chat:Origins:0=https://chat.example.org", "Chat:Origins:1=http://localhost:3000/");

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Theory]
    [InlineData("OWN", true)]
    [InlineData("https://chat.example.org", true)]
    [InlineData("HTTPS://Chat.Example.Org", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://chat.example.org", false)]
    [InlineData("https://chat.example.org:8443", false)]
    [InlineData("https://chat.example.org.evil.test", false)]
    [InlineData("https://evil.test", false)]
    [InlineData("null", false)]
    public async Task A_page_connects_if_its_origin_is_known(string origin, bool welcome)
    {
        var options = new ConnectOptions { Origin = origin is "OWN" ? server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin };
        if (welcome)
        {
            await using var gil = await Person.Enter(server, guest: "Gil", options: options);
            Assert.Equal("Gil", gil.Welcome.User.Name);
        }
        else
        {
            var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => ChatConnection.Connect(server.Socket, options).WaitAsync(ChatServer.Patience));
            Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        }
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_the_own_origin_is_the_one_that_the_browser_sees()
    {
        await using var proxied = await ChatServer.Start("Chat:TrustedProxies:0=127.0.0.1");
        var headers = new Dictionary<string, string> { ["X-Forwarded-Proto"] = "https", ["X-Forwarded-Host"] = "chat.example.net" };
        var options = new ConnectOptions { Origin = "https://chat.example.net", Headers = headers };
        await using var gil = await Person.Enter(proxied, guest: "Gil", options: options);
        Assert.Equal("Gil", gil.Welcome.User.Name);
        await Assert.ThrowsAsync<ChatRefusedException>(() => ChatConnection.Connect(server.Socket, options).WaitAsync(ChatServer.Patience));
    }
}
