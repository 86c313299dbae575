using System.Net.Http.Json;
using OrleansChat.Client;
using OrleansChat.Tests.Processes;

namespace OrleansChat.Tests.Gateway.Nodes;

/// <summary>
/// A server's whole life under the eyes of a collector: Zebulon and Quentin, whose names are nobody else's, talk in a
/// room; one of them is refused something; then the server is stopped in order, and all that it has to tell is there.
/// </summary>
public sealed class ObservedServer : IAsyncLifetime
{
    /// <summary>A trace that somebody outside wants to be part of.</summary>
    public const string StrangersTrace = "0af7651916cd43dd8448eb211c80319c";

    public static readonly string[] Names = ["zebulon", "quentin", "quagga", "okapi"];

    public Collector Collector { get; private set; } = null!;

    /// <summary>What <c>/metrics</c> said at the end.</summary>
    public string Page { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Collector = await Collector.Start();
        await using var server = await GatewayProcess.Start(Collector.Variables());
        using var http = new HttpClient { BaseAddress = server.Address };
        var token = await SignUp(http, "zebulon");
        await using (var zebulon = await Enter(server, token))
        await using (var quentin = await Enter(server, await SignUp(http, "quentin")))
        {
            await zebulon.Create("quagga-lodge");
            await quentin.Join("quagga-lodge");
            var seq = (await zebulon.Post("quagga-lodge", "An okapi, @quentin", "okapi-1")).Seq;
            await Told(quentin, seq);
            await quentin.Read("quagga-lodge", seq);
            Assert.Equal("not_found", (await Assert.ThrowsAsync<ChatException>(() => quentin.Post("quagga-nowhere", "Okapi?", "okapi-2"))).Code);

            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/rooms/quagga-lodge/messages");
            request.Content = JsonContent.Create(new { text = "An okapi again", key = "okapi-3" });
            request.Headers.Authorization = new("Bearer", token);
            request.Headers.Add("traceparent", $"00-{StrangersTrace}-b7ad6b7169203331-01");
            (await http.SendAsync(request)).EnsureSuccessStatusCode();
            await Told(quentin, seq + 1);
            Page = await http.GetStringAsync("/metrics");
        }

        Assert.Equal(0, await server.Terminate());
    }

    private static async Task<string> SignUp(HttpClient http, string name)
    {
        var accounts = new ChatAccounts(http);
        await accounts.Register(name, name, "correct horse battery");
        return (await accounts.Login(name, "correct horse battery")).Token;
    }

    private static async Task<ChatConnection> Enter(GatewayProcess server, string token)
    {
        var chat = await server.Connect();
        await chat.Hello(token);
        return chat;
    }

    private static async Task Told(ChatConnection chat, long seq)
    {
        using var patience = new CancellationTokenSource(Stranger.Soon);
        while (await chat.Pushes.ReadAsync(patience.Token) is not ChatPush.Events events || events.List[^1].Seq < seq)
        {
            // Other news come before.
        }
    }

    public ValueTask DisposeAsync() => Collector.DisposeAsync();
}
