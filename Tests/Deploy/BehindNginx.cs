using System.Net;
using Microsoft.AspNetCore.Http;
using OrleansChat.Client;
using OrleansChat.Tests.Processes;

namespace OrleansChat.Tests.Deploy;

/// <summary>Nodes behind nginx with the configuration that this repository gives to operators. TLS ends at nginx.</summary>
[Collection(Processes.Processes.Name)]
public sealed class BehindNginx
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly (string, string) BelieveNginx = ("Chat:TrustedProxies:0", "127.0.0.1");
    private static readonly (string, string) NothingToKeep = ("Chat:Storage", "memory:");

    [Fact]
    public async Task Ada_talks_over_wss_and_posts_over_https()
    {
        await using var node = await GatewayProcess.Start(NothingToKeep, BelieveNginx);
        await using var nginx = await Nginx.Start(node.Port);
        await using var ada = await nginx.Connect(nginx.Origin);
        var welcome = await ada.Hello(guest: "Ada").WaitAsync(Soon);
        await ada.Join("lobby").WaitAsync(Soon);
        var first = await ada.Post("lobby", "over the socket", "a").WaitAsync(Soon);

        using var post = new HttpRequestMessage(HttpMethod.Post, "/api/v1/rooms/lobby/messages") { Content = System.Net.Http.Json.JsonContent.Create(new { text = "over HTTP", key = "b" }) };
        post.Headers.Authorization = new("Bearer", welcome.Token);
        using var answer = await nginx.Http.SendAsync(post);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($"\"seq\":{first.Seq + 1}", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("<html", await nginx.Http.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_comes_without_TLS_is_shown_the_way()
    {
        await using var nginx = await Nginx.Start(Ports.Free());
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(new Uri(nginx.PlainAddress, "/?room=lobby"));
        Assert.Equal((HttpStatusCode.MovedPermanently, "https://127.0.0.1/?room=lobby"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task The_limits_count_the_clients_address_and_neither_the_proxys_nor_one_that_it_claims()
    {
        await using var node = await GatewayProcess.Start(NothingToKeep, BelieveNginx, ("Chat:Limits:ConnectionsPerAddress", "2"));
        await using var nginx = await Nginx.Start(node.Port);
        var (here, there) = (IPAddress.Parse("127.0.0.2"), IPAddress.Parse("127.0.0.3"));
        await using var first = await nginx.Connect(from: here);
        await using var second = await nginx.Connect(from: here);

        var claim = new Dictionary<string, string> { ["X-Forwarded-For"] = "203.0.113.7" };
        var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => nginx.Connect(from: here, headers: claim));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        await using var neighbour = await nginx.Connect(from: there);
        Assert.Equal("Gil", (await neighbour.Hello(guest: "Gil").WaitAsync(Soon)).User.Name);
    }

    [Fact]
    public async Task A_page_of_the_public_address_connects_and_one_of_another_does_not()
    {
        await using var node = await GatewayProcess.Start(NothingToKeep, BelieveNginx);
        await using var nginx = await Nginx.Start(node.Port);
        await using var own = await nginx.Connect(nginx.Origin);
        foreach (var other in (string[])["https://evil.test", $"http://127.0.0.1:{node.Port}", nginx.Origin.Replace("https", "http", StringComparison.Ordinal)])
        {
            // What the page's server claims of itself is not believed.
            var claim = new Dictionary<string, string> { ["X-Forwarded-Host"] = new Uri(other).Authority, ["X-Forwarded-Proto"] = new Uri(other).Scheme };
            var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => nginx.Connect(other, headers: claim));
            Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        }
    }

    [Fact]
    public async Task A_node_that_was_not_told_of_the_proxy_refuses_its_own_page()
    {
        await using var node = await GatewayProcess.Start(NothingToKeep);
        await using var nginx = await Nginx.Start(node.Port);
        var refused = await Assert.ThrowsAsync<ChatRefusedException>(() => nginx.Connect(nginx.Origin));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/Metrics/")]
    [InlineData("//metrics")]
    [InlineData("/%6Detrics")]
    [InlineData("/x/../metrics?a=b")]
    [InlineData("/dashboard")]
    [InlineData("/Dashboard/")]
    [InlineData("/dashboard/api/cluster")]
    public async Task What_is_for_operators_is_not_open_to_the_world(string path)
    {
        // Whatever it is asked, this node answers: a 404 is nginx's.
        await using var node = await SomeNode.Start(StatusCodes.Status200OK);
        await using var nginx = await Nginx.Start(node.Port);
        var address = new Uri($"{nginx.Address.GetLeftPart(UriPartial.Authority)}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var answer = await nginx.Http.GetAsync(address);
        Assert.Equal((HttpStatusCode.NotFound, 0), (answer.StatusCode, node.Asked));
    }

    [Fact]
    public async Task A_killed_node_is_left_out_and_nobody_is_turned_away()
    {
        await using var doomed = await GatewayProcess.Start(NothingToKeep, BelieveNginx);
        await using var other = await GatewayProcess.Start(NothingToKeep, BelieveNginx);
        await using var nginx = await Nginx.Start(doomed.Port, other.Port);
        var before = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => nginx.Connect()));
        Assert.NotEqual(0, await doomed.Connections());
        Assert.NotEqual(0, await other.Connections());

        await doomed.Kill();
        var after = new List<ChatConnection>();
        for (var i = 0; i < 40; i++) after.Add(await nginx.Connect());
        Assert.InRange(nginx.FailedTries, 1, 20);

        await doomed.Begin();
        await new Waiting(Soon).Until(async () =>
        {
            after.Add(await nginx.Connect());
            return await doomed.Connections() > 0;
        });
        foreach (var connection in before.Concat(after)) await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_node_that_goes_down_says_so_through_the_proxy()
    {
        await using var node = await GatewayProcess.Start(NothingToKeep, BelieveNginx);
        await using var nginx = await Nginx.Start(node.Port);
        await using var ada = await nginx.Connect();
        await ada.Hello(guest: "Ada").WaitAsync(Soon);
        Assert.Equal(0, await node.Terminate());
        Assert.Equal(1012, (await ada.Closed.WaitAsync(Soon)).Code);
        Assert.Contains(await ada.Pushes.ReadAllAsync().ToListAsync(), push => push is ChatPush.Bye);
    }

    [Fact]
    public async Task Who_asks_a_node_that_goes_down_is_led_to_the_next()
    {
        await using var leaving = await SomeNode.Start(StatusCodes.Status503ServiceUnavailable);
        await using var other = await GatewayProcess.Start(NothingToKeep, BelieveNginx);
        await using var nginx = await Nginx.Start(leaving.Port, other.Port);
        for (var i = 0; i < 10; i++)
        {
            await using var ada = await nginx.Connect();
            await ada.Hello(guest: "Ada").WaitAsync(Soon);
        }

        Assert.InRange(leaving.Asked, 1, 5);
    }
}
