using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Nodes;

/// <param name="Room">Where alerts are posted. A room that does not exist is made, private: administrators see it.</param>
/// <param name="Author">By whom: an account without a password, as which nobody signs in.</param>
public sealed record AlertSettings(RoomId Room, UserId Author, AlertRules Rules);

/// <summary>
/// Judges the nodes and posts what there is to tell. One desk is at work for all nodes. Where another one follows it,
/// this one judges the same hours by the same rules, and what both tell has the same key: a room takes it once.
/// </summary>
public sealed partial class AlertDesk(AlertSettings settings, IStorage storage, Func<RoomId, IRoom> rooms, TimeProvider time, ILogger<AlertDesk> log)
{
    /// <summary>A new desk hears all nodes and their pasts first.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    /// <summary>What cannot be posted waits, the oldest no longer than there is room for newer.</summary>
    private const int MaxWaiting = 100;

    private readonly long began = time.GetTimestamp();
    private readonly NodeAlerts standing = new();
    private readonly ConcurrentQueue<Alert> waiting = new();
    private volatile bool posting;
    private bool known;
    private ErrorCode? told;

    /// <summary>Takes in what has become of the nodes.</summary>
    public void Judge(NodeMetrics nodes)
    {
        if (time.GetElapsedTime(began) < Settling) return;
        foreach (var alert in nodes.Judge(settings.Rules, standing))
        {
            LogAlert(log, alert.Node, alert.Rule, alert.Over);
            if (waiting.Count == MaxWaiting) waiting.TryDequeue(out _);
            waiting.Enqueue(alert);
        }
    }

    /// <summary>Posts what waits. What the room cannot take now is tried again the next time.</summary>
    public async Task Post()
    {
        if (posting) return;
        posting = true;
        try
        {
            while (waiting.TryPeek(out var alert))
            {
                var refusal = await Post(alert);
                if (refusal?.Code is ErrorCode.Unavailable or ErrorCode.RateLimited) return;
                if (refusal is not null && refusal.Code != told) LogRefused(log, settings.Room, refusal.Message);
                told = refusal?.Code;
                if (waiting.TryPeek(out var first) && first == alert) waiting.TryDequeue(out _);
            }
        }
        catch (UnavailableException)
        {
            // The storage is away; the next time.
        }
        finally
        {
            posting = false;
        }
    }

    private async Task<Refusal?> Post(Alert alert)
    {
        if (!known && await Enroll() is { } taken) return taken;
        var author = new Actor(settings.Author, Admin: true); // may come into any room but those of two
        var post = new RoomCommand.Post(alert.Text, alert.Key, null);
        var answer = await rooms(settings.Room).Submit(author, post);
        RoomCommand? before = answer.Refusal?.Code switch
        {
            ErrorCode.NotFound => new RoomCommand.Create("Alerts", "What the nodes of this server complain of.", Visibility.Private),
            ErrorCode.NotMember => new RoomCommand.Join(),
            _ => null,
        };
        if (before is null) return answer.Refusal;
        var entered = await rooms(settings.Room).Submit(author, before);
        return entered.Ok ? (await rooms(settings.Room).Submit(author, post)).Refusal : entered.Refusal;
    }

    /// <summary>The author's account. Somebody's own is not used: they could take back what is posted.</summary>
    private async Task<Refusal?> Enroll()
    {
        var now = time.GetUtcNow();
        var made = await storage.AddAccount(new(settings.Author, "Nodes", null, false, now, now));
        if (!made && await storage.FindAccount(settings.Author) is { PasswordHash: not null })
        {
            return Refusal.Conflict($"'{settings.Author}' is somebody's account; name another one in Chat:Alerts:Author.");
        }

        known = true;
        return null;
    }

    [LoggerMessage(EventId = 30, EventName = "NodeAlert", Level = LogLevel.Warning, Message = "Node {Node}: alert '{Rule}', over: {Over}.")]
    private static partial void LogAlert(ILogger log, string node, string rule, bool over);

    [LoggerMessage(EventId = 31, EventName = "AlertsNotPosted", Level = LogLevel.Error, Message = "Alerts are not posted into room {Room}: {Reason}")]
    private static partial void LogRefused(ILogger log, RoomId room, string reason);
}
