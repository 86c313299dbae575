using System.Diagnostics;
using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>Ada and Bob, who go on chatting while others misbehave, and must not notice.</summary>
internal sealed class Bystanders
{
    /// <summary>Far above what it takes, and far below what a person takes for a standstill; the machine is busy besides.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Typing = TimeSpan.FromMilliseconds(100);

    /// <summary>More than a busy collector needs, and less than what hoards: a server that keeps what it is sent fails.</summary>
    private const long MaxGrowth = 256 << 20;

    private readonly ChatConnection ada;
    private readonly ChatConnection bob;
    private readonly string room = $"talk-{Guid.NewGuid():N}";

    private Bystanders(ChatConnection ada, ChatConnection bob) => (this.ada, this.bob) = (ada, bob);

    /// <summary>
    /// Does something to a server while Ada and Bob chat: each of their messages arrives in time, before, during and
    /// after it; the server neither hoards memory nor logs an error.
    /// </summary>
    public static async Task Undisturbed(GatewayProcess gateway, Func<Task> meanwhile)
    {
        await using var ada = await gateway.Connect();
        await using var bob = await gateway.Connect();
        var pair = new Bystanders(ada, bob);
        await pair.Meet().WaitAsync(Bound);
        await pair.Exchange(0);
        var before = gateway.Reading.Memory;

        using var over = new CancellationTokenSource();
        var chatting = pair.Chat(over.Token);
        try
        {
            await meanwhile();
        }
        finally
        {
            await over.CancelAsync();
            await chatting;
        }

        Assert.InRange(gateway.Reading.Memory - before, long.MinValue, MaxGrowth);
        Assert.DoesNotContain(gateway.Output, line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal));
    }

    private async Task Meet()
    {
        await ada.Hello(guest: "Ada");
        await bob.Hello(guest: "Bob");
        await ada.Create(room);
        await ada.Join(room);
        await bob.Join(room);
    }

    private async Task Chat(CancellationToken over)
    {
        for (var i = 1; ; i++)
        {
            await Exchange(i);
            if (over.IsCancellationRequested) return;
            await Task.Delay(Typing, CancellationToken.None);
        }
    }

    private async Task Exchange(int i)
    {
        var since = Stopwatch.StartNew();
        try
        {
            await ada.Post(room, $"Can you hear me? {i}").WaitAsync(Bound);
            await Hears(bob, $"Can you hear me? {i}").WaitAsync(Bound - since.Elapsed);
            await bob.Post(room, $"I can. {i}").WaitAsync(Bound - since.Elapsed);
            await Hears(ada, $"I can. {i}").WaitAsync(Bound - since.Elapsed);
        }
        catch (Exception e) when (e is not ChatException)
        {
            throw new TimeoutException($"Ada and Bob were disturbed at exchange {i}, after {since.Elapsed.TotalSeconds:F1} s.", e);
        }
    }

    private static async Task Hears(ChatConnection listener, string text)
    {
        await foreach (var push in listener.Pushes.ReadAllAsync())
        {
            if (push is ChatPush.Events events && events.List.Any(e => e.Text == text)) return;
        }

        throw new InvalidOperationException($"The connection ended ({await listener.Closed}).");
    }
}
