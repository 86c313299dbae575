using System.Threading.Channels;
using OrleansChat.Engine;
using OrleansChat.Hooks;
using OrleansChat.Presence;
using OrleansChat.Rooms;
using OrleansChat.Storage;

namespace OrleansChat.Gateway.Hooks;

/// <summary>What the runners of this process have in common.</summary>
/// <param name="Me">This process, as the owner of leases.</param>
internal sealed record HookHouse(EdgeId Me, IChat Chat, IStorage Storage, HookSender Sender, HookOptions Options, TimeProvider Time, ILogger Log);

/// <summary>
/// One outgoing webhook's story: from its cursor on it reads the room's log, sends the next events as one request, and
/// moves the cursor when they have arrived; what fails is sent again, before anything after it.
/// </summary>
internal sealed partial class HookRunner(Hook hook, HookHouse house) : IAsyncDisposable
{
    private const int MaxEvents = 100; // in one request; a long text makes it fewer

    private static readonly TimeSpan MaxPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxWish = TimeSpan.FromDays(1);        // of a receiver that wants to be left alone
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(2); // with the storage

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource end = new();
    private long cursor = hook.Outgoing!.Cursor;
    private Trouble? trouble = hook.Outgoing.Trouble;
    private long sent; // the last event of the request that failed: the next try has the same events
    private long leased;
    private Task running = Task.CompletedTask;

    public RoomId Room => hook.Room;

    /// <summary>Up to here everything arrived.</summary>
    public long Cursor => Volatile.Read(ref cursor);

    public bool IsOver => running.IsCompleted;

    /// <summary>Whether somebody switched it on anew meanwhile: it goes on from what storage says.</summary>
    public bool IsOutOfDate(Outgoing stored) => stored.Cursor > Cursor || (stored.Trouble is null && trouble is not null);

    /// <summary>It may send until then, unless the lease is renewed.</summary>
    public void Renew(DateTimeOffset until) => Volatile.Write(ref leased, until.UtcTicks);

    public void Start() => running = Run();

    /// <summary>There may be something to send.</summary>
    public void Wake() => wake.Writer.TryWrite(true);

    private async Task Run()
    {
        await using var news = await Listen();
        while (!end.IsCancellationRequested)
        {
            try
            {
                if (!await Next()) return;
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }
            catch (UnavailableException)
            {
                await Pause(AfterTrouble);
            }
            catch (Exception e)
            {
                LogBroke(house.Log, hook.Id, e);
                await Pause(MaxPause);
            }
        }
    }

    /// <summary>The room's news wake it. Where they do not come, the one who renews the lease does, every few seconds.</summary>
    private async Task<FeedSubscription?> Listen()
    {
        try
        {
            return await house.Chat.Feed.Open(hook.Room, _ => Wake());
        }
        catch (UnavailableException)
        {
            return null;
        }
    }

    /// <summary>Sends what is next, or waits until there is something. False: it is over.</summary>
    private async Task<bool> Next()
    {
        if (trouble is not null && trouble.RetryAt - house.Time.GetUtcNow() is { Ticks: > 0 } wait) await Task.Delay(wait, house.Time, end.Token);
        var events = await Read();
        if (events.Count == 0 || !MaySend())
        {
            await wake.Reader.ReadAsync(end.Token);
            return true;
        }

        // Revoked or switched off meanwhile, on whichever node: not one request more.
        if (await house.Storage.FindHook(hook.Id) is not ({ Outgoing.On: true }, _)) return false;
        var wanted = hook.Outgoing!.Kinds is { } kinds ? [.. events.Where(e => kinds.Contains(e.Kind))] : events;
        var outcome = wanted.Count == 0 ? new Sent() : await house.Sender.Send(hook, IdOf(wanted), wanted, end.Token);
        if (outcome.Error is not null) return await Failed(outcome, events[^1].Seq);

        var gone = events[^1].Lost() == hook.Bot;
        (trouble, sent) = (null, 0);
        if (!await house.Storage.SaveDelivery(hook.Id, house.Me, events[^1].Seq, null)) return false;
        Volatile.Write(ref cursor, events[^1].Seq);
        if (gone) await house.Storage.SwitchHook(hook.Id, on: false, error: "Its bot was removed from the room.");
        return !gone;
    }

    /// <summary>The next events, as they now are: of a message that was deleted meanwhile no text. What removes the bot is the last that it hears.</summary>
    private async Task<IReadOnlyList<RoomEvent>> Read()
    {
        var events = Rooms.EventFrames.FirstFrame(await house.Storage.ReadEvents(hook.Room, cursor, sent > cursor ? (int)(sent - cursor) : MaxEvents));
        var last = events.TakeWhile(e => e.Lost() != hook.Bot).Count();
        return last < events.Count ? [.. events.Take(last + 1)] : events;
    }

    /// <summary>Whether a request that begins now ends, at the latest, while the webhook is still this process's.</summary>
    private bool MaySend() => house.Time.GetUtcNow() + house.Options.Timeout < new DateTimeOffset(Volatile.Read(ref leased), TimeSpan.Zero);

    private string IdOf(IReadOnlyList<RoomEvent> events) => $"{hook.Id}-{events[0].Seq}-{events[^1].Seq}";

    private async Task<bool> Failed(Sent outcome, long last)
    {
        var now = house.Time.GetUtcNow();
        var failures = (trouble?.Failures ?? 0) + 1;
        var since = trouble?.Since ?? now;
        if (outcome.Gone || now - since >= house.Options.GiveUpAfter)
        {
            await SwitchOff(outcome.Error!, since);
            return false;
        }

        // Between half and all of it, so that those who failed together do not come back together.
        var pause = house.Options.FirstPause * Math.Pow(2, Math.Min(failures - 1, 20));
        pause = (pause < MaxPause ? pause : MaxPause) * (0.5 + Random.Shared.NextDouble() / 2);
        if (outcome.RetryAfter > pause) pause = outcome.RetryAfter.Value < MaxWish ? outcome.RetryAfter.Value : MaxWish;
        (trouble, sent) = (new(outcome.Error!, failures, since, now + pause), last);
        return await house.Storage.SaveDelivery(hook.Id, house.Me, cursor, trouble);
    }

    /// <summary>It has failed for too long. The room hears so from its bot, once, and whoever keeps the room may switch it on again.</summary>
    private async Task SwitchOff(string error, DateTimeOffset since)
    {
        var text = $"The webhook “{hook.Name}” is switched off, because nothing arrives at {hook.Outgoing!.Url.Host} any more. {error}";
        var said = await house.Chat.Room(hook.Room).Submit(new(hook.Bot, false), new RoomCommand.Post(text, $"off-{since.ToUnixTimeMilliseconds()}", null));
        if (said.Refusal is { Code: ErrorCode.Unavailable } away) throw new UnavailableException(away.Message); // it is said later, with the same key
        await house.Storage.SwitchHook(hook.Id, on: false, error: error);
        LogSwitchedOff(house.Log, hook.Id, error);
    }

    private async Task Pause(TimeSpan pause) => await Task.Delay(pause, house.Time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Ends it, with the request that is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    [LoggerMessage(EventId = 30, EventName = "HookSwitchedOff", Level = LogLevel.Warning, Message = "The webhook {Hook} is switched off: {Error}")]
    private static partial void LogSwitchedOff(ILogger log, HookId hook, string error);

    [LoggerMessage(EventId = 31, EventName = "HookBroke", Level = LogLevel.Error, Message = "The delivery of the webhook {Hook} broke.")]
    private static partial void LogBroke(ILogger log, HookId hook, Exception reason);
}
