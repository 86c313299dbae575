using System.Net.Http.Json;
using System.Text.Json;
using OrleansChat.Tests.Gateway.Hooks;

namespace OrleansChat.Tests.Processes;

/// <summary>A server that is killed while it delivers goes on where it was.</summary>
[Collection(Processes.Name)]
public sealed class HooksThatGoOn
{
    [Fact]
    public async Task Killed_between_deliveries_it_goes_on_from_the_cursor_and_nothing_is_missing()
    {
        await using var receiver = await Receiver.Start();
        await using var gateway = await GatewayProcess.Start(("Chat:Hooks:AllowPrivate", "true"), ("Chat:Hooks:FirstPause", "00:00:00.05"), ("Chat:Limits:Enabled", "false"));
        using var http = new HttpClient { BaseAddress = gateway.Address };
        var token = await Post(http, "register", new { user = "ada", password = "a long password" }, "token");
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        await using (var ada = await gateway.Connect())
        {
            await ada.Hello(token: token);
            await ada.Create("den");
        }

        var secret = await Post(http, "rooms/den/hooks", new { name = "Mirror", url = receiver.Address }, "secret");
        var deliveries = new List<Delivery>();
        for (var round = 0; round < 3; round++)
        {
            receiver.Plan(Receiver.Says(200), Receiver.Says(503), Receiver.Sleeps);
            for (var i = 0; i < 20; i++) await Post(http, "rooms/den/messages", new { text = $"{round} {i}", key = $"{round}-{i}" }, "at");
            deliveries.Add(await receiver.Next());
            deliveries.Add(await receiver.Next());
            await gateway.Kill();
            await gateway.Begin();
        }

        receiver.Forget();
        await Post(http, "rooms/den/messages", new { text = "the last", key = "last" }, "at");
        deliveries.AddRange(await receiver.UpTo(63));
        Assert.All(deliveries, delivery => Assert.True(delivery.IsSignedWith(secret)));
        Assert.Equal(Enumerable.Range(3, 61).Select(seq => (long)seq), deliveries.SelectMany(delivery => delivery.Seqs).Distinct());
    }

    private static async Task<string> Post(HttpClient http, string path, object body, string field)
    {
        using var answer = await http.PostAsJsonAsync($"/api/v1/{path}", body);
        var json = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.True(answer.IsSuccessStatusCode, json.GetRawText());
        return json.GetProperty(field).GetString()!;
    }
}
