using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace OrleansChat.Tests.Browser;

/// <summary>
/// A cluster whose nodes say what a test wants, at the other end of the nodes' page's socket; the page's clock stands
/// still until <see cref="Beat"/> moves it.
/// </summary>
internal sealed class FakeCluster(Person person)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);
    private static readonly DateTime Morning = new(2026, 11, 22, 9, 0, 0, DateTimeKind.Utc);

    private readonly TaskCompletionSource<IWebSocketRoute> watched = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, (string At, DateTime Heard)> heard = [];
    private DateTime now;

    /// <summary>What the server knows of a node's past, if the page asks.</summary>
    public Dictionary<string, JsonObject> Pasts { get; } = [];

    /// <summary>The page of the nodes, whose socket has asked for them.</summary>
    public async Task Open(string address = "/nodes.html")
    {
        var page = person.Page;
        await page.Clock.InstallAsync(new() { TimeDate = Morning });
        await page.AddInitScriptAsync("""localStorage.setItem("orleanschat.session", JSON.stringify({ token: "t", name: "Administrator", guest: false }));""");
        await page.RouteAsync("**/api/v1/operator", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"pages":[]}""" }));
        await page.RouteAsync("**/api/v1/metrics/*", route => Pasts.TryGetValue(route.Request.Url.Split('/')[^1], out var past)
            ? route.FulfillAsync(new() { ContentType = "application/json", Body = past.ToJsonString() })
            : route.FulfillAsync(new() { Status = 404, ContentType = "application/json", Body = """{"code":"not_found"}""" }));
        await page.RouteWebSocketAsync("**/ws", socket => socket.OnMessage(frame => Answer(socket, JsonNode.Parse(frame.Text!)!)));
        await page.GotoAsync(address);
        await watched.Task.WaitAsync(TimeSpan.FromMilliseconds(Person.Patience));
        now = DateTime.UnixEpoch.AddMilliseconds(await page.EvaluateAsync<double>("Date.now()")).AddSeconds(1); // no more: silence has consequences
        await page.Clock.PauseAtAsync(now);
    }

    private void Answer(IWebSocketRoute socket, JsonNode asked)
    {
        JsonNode ok = (string?)asked["op"] == "hello"
            ? JsonNode.Parse("""{"user":{"id":"admin","name":"Administrator","admin":true},"limits":{"text":4000,"frame":65536,"rooms":200},"rooms":[]}""")!
            : new JsonObject();
        socket.Send(new JsonObject { ["re"] = asked["id"]!.DeepClone(), ["ok"] = ok }.ToJsonString());
        if ((string?)asked["op"] == "watch") watched.TrySetResult(socket);
    }

    /// <summary>The nodes report, and two seconds go by. A reading that was told before is no sign of life.</summary>
    public Task Beat(params JsonObject[] nodes) => Report(TimeSpan.FromSeconds(2), nodes);

    private async Task Report(TimeSpan pause, params JsonObject[] nodes)
    {
        (await watched.Task).Send(new JsonObject { ["ev"] = "metrics", ["nodes"] = new JsonArray([.. nodes.Select(Known)]) }.ToJsonString());
        await Pass(pause);
    }

    /// <summary>With what the cluster adds to a reading.</summary>
    private JsonNode Known(JsonObject reading)
    {
        var (node, at) = ((string)reading["node"]!, (string)reading["at"]!);
        if (!heard.TryGetValue(node, out var last) || last.At != at) heard[node] = last = (at, now);
        var known = reading.DeepClone();
        known["silent"] = (now - last.Heard).TotalSeconds;
        if (now - last.Heard >= Silence) known["lost"] = true;
        if (Pasts.TryGetValue(node, out var past)) known["past"] = (now - DateTime.UnixEpoch.AddMilliseconds((double)past["times"]![0]!)).TotalSeconds;
        return known;
    }

    /// <summary>A past of a node in which one figure is <paramref name="value"/> of the seconds before now.</summary>
    public JsonObject Past(string node, string figure, Func<int, double?> value, IEnumerable<int> ago)
    {
        int[] seconds = [.. ago];
        return new()
        {
            ["latest"] = Reading(node),
            ["times"] = new JsonArray([.. seconds.Select(second => JsonValue.Create((now.AddSeconds(-second) - DateTime.UnixEpoch).TotalMilliseconds))]),
            ["figures"] = new JsonObject { [figure] = new JsonArray([.. seconds.Select(second => value(second) is { } known ? JsonValue.Create(known) : null)]) },
            ["cores"] = new JsonArray(),
        };
    }

    /// <summary>Five minutes of three nodes: a busy one, one that knows little, and one that is lost. Then the clock goes on.</summary>
    public async Task Live()
    {
        const int Beats = 76;
        var random = new Random(4); // the same in every picture
        double[] cores = [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble())];
        var lost = Reading("node-3");
        for (var i = 0; i < Beats; i++)
        {
            for (var core = 0; core < cores.Length; core++) cores[core] = Math.Clamp(cores[core] + (random.NextDouble() - .5) * .35, 0.02, 1);
            var busy = Reading("node-1");
            busy["cores"] = new JsonArray([.. cores.Select(share => JsonValue.Create(share))]);
            busy["cpu"] = cores.Average();
            foreach (var (name, value) in new[]
            {
                ("load1", 3 + Math.Sin(i / 5.0) + cores[0]), ("load5", 3 + Math.Sin(i / 15.0)), ("load15", 2.7),
                ("networkReceived", 2e6 * cores[1]), ("networkSent", 5e6 * cores[2]), ("diskWritten", 8e5 * cores[3]), ("diskRead", 1e5 * cores[7]),
                ("messages", 30 * cores[4]), ("deliveries", 700 * cores[4]), ("connections", 40 + i / 5), ("memoryAvailable", (10 + Math.Sin(i / 10.0)) * (1L << 30)),
            }) busy[name] = value;

            var poor = Reading("node-2");
            poor["cores"] = new JsonArray(cores[5], null);
            foreach (var name in new[] { "diskRead", "diskWritten", "swapTotal", "swapFree" }) poor.Remove(name);
            if (i is > 30 and < 38) foreach (var name in new[] { "cpu", "cores", "load1" }) poor.Remove(name);
            if (i < Beats - 14) lost = Reading("node-3");
            lost["cpu"] = cores[6];
            await Report(TimeSpan.FromSeconds(4), busy, poor, lost);
        }

        await person.Page.Clock.ResumeAsync();
    }

    public async Task Pass(TimeSpan time)
    {
        now += time;
        await person.Page.Clock.RunForAsync((long)time.TotalMilliseconds);
    }

    /// <summary>A reading of now, in which everything is known.</summary>
    public JsonObject Reading(string node) => new()
    {
        ["node"] = node,
        ["at"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["source"] = "proc",
        ["load1"] = 0.5,
        ["load5"] = 0.4,
        ["load15"] = 0.3,
        ["cpu"] = 0.25,
        ["cores"] = new JsonArray(0.1, 0.4),
        ["memoryTotal"] = 16L << 30,
        ["memoryAvailable"] = 12L << 30,
        ["memoryFree"] = 6L << 30,
        ["memoryBuffers"] = 200L << 20,
        ["memoryCached"] = 5L << 30,
        ["swapTotal"] = 2L << 30,
        ["swapFree"] = 2L << 30,
        ["networkReceived"] = 1_200_000,
        ["networkSent"] = 340_000,
        ["diskRead"] = 0,
        ["diskWritten"] = 52_000,
        ["uptime"] = 350_735,
        ["processMemory"] = 180L << 20,
        ["processCpu"] = 0.12,
        ["processHeap"] = 40L << 20,
        ["processThreads"] = 31,
        ["processUptime"] = 7_500,
        ["connections"] = 12,
        ["rooms"] = 3,
        ["outbox"] = 0,
        ["messages"] = 4.5,
        ["deliveries"] = 54,
    };
}
