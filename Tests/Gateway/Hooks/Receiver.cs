using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansChat.Tests.Gateway.Hooks;

/// <summary>A request that came to the receiver.</summary>
/// <param name="Signed">What the signature is over: id, timestamp and body.</param>
public sealed record Delivery(string Id, string Signature, string Signed, JsonElement Body)
{
    public IEnumerable<long> Seqs => Body.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("seq").GetInt64());

    public bool IsSignedWith(string secret) =>
        Signature == $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes(Signed)))}";
}

/// <summary>A program outside that takes deliveries, over real HTTP; it answers as the test wants, and remembers all.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Channel<Delivery> came = Channel.CreateUnbounded<Delivery>();
    private readonly ConcurrentQueue<Func<HttpContext, Task>> plans = new();

    private Receiver(WebApplication app) => this.app = app;

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build());
        receiver.app.Run(receiver.Take);
        await receiver.app.StartAsync();
        return receiver;
    }

    public Uri Address => new($"{app.Urls.Single()}/in?of=chat");

    /// <summary>Requests at once, at most so far.</summary>
    public int AtOnce { get; private set; }

    private int present;

    /// <summary>The next request is answered so; without a plan it is 200.</summary>
    public void Plan(params Func<HttpContext, Task>[] answers)
    {
        foreach (var answer in answers) plans.Enqueue(answer);
    }

    /// <summary>From now on it answers 200.</summary>
    public void Forget() => plans.Clear();

    public static Func<HttpContext, Task> Says(int status, string? header = null, string value = "") => http =>
    {
        http.Response.StatusCode = status;
        if (header is not null) http.Response.Headers[header] = value;
        return Task.CompletedTask;
    };

    public static Task Disconnects(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Does not answer for as long as the one who asks waits.</summary>
    public static async Task Sleeps(HttpContext http)
    {
        var left = new TaskCompletionSource();
        await using (http.RequestAborted.Register(left.SetResult)) await left.Task;
    }

    /// <summary>The next delivery, whatever it was answered.</summary>
    public async Task<Delivery> Next()
    {
        using var patience = new CancellationTokenSource(ChatServer.Patience);
        return await came.Reader.ReadAsync(patience.Token);
    }

    /// <summary>All deliveries up to the one that has this event.</summary>
    public async Task<List<Delivery>> UpTo(long seq)
    {
        var deliveries = new List<Delivery>();
        while (deliveries.Count == 0 || !deliveries[^1].Seqs.Contains(seq)) deliveries.Add(await Next());
        return deliveries;
    }

    /// <summary>What came that nobody waited for.</summary>
    public int Left => came.Reader.Count;

    private async Task Take(HttpContext http)
    {
        AtOnce = Math.Max(AtOnce, Interlocked.Increment(ref present));
        try
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            var (id, at) = (http.Request.Headers["webhook-id"].ToString(), http.Request.Headers["webhook-timestamp"].ToString());
            came.Writer.TryWrite(new(id, http.Request.Headers["webhook-signature"].ToString(), $"{id}.{at}.{body}", JsonElement.Parse(body)));
            if (plans.TryDequeue(out var plan)) await plan(http);
        }
        finally
        {
            Interlocked.Decrement(ref present);
        }
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
