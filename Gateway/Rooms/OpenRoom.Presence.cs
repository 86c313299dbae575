using System.Diagnostics;
using OrleansChat.Presence;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Rooms;

/// <summary>Telling the room who of this edge's people is here: at once, then at most once a second.</summary>
internal sealed partial class OpenRoom
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(1);

    private readonly Dictionary<UserId, int> seated = []; // seats of each user; the lock guards it
    private Dictionary<UserId, bool> changed = [];        // who came (true) or went since the last report
    private Task reporting = Task.CompletedTask;
    private bool reportsUnderWay;

    public bool IsSeated(UserId user)
    {
        lock (gate) return seated.ContainsKey(user);
    }

    /// <summary>Tells the room again who is here: it may have forgotten.</summary>
    public void SayAgain()
    {
        lock (gate) Reannounce();
    }

    private void Came(UserId user)
    {
        var before = seated.GetValueOrDefault(user);
        seated[user] = before + 1;
        if (before == 0) Changed(user, true);
    }

    private void Went(UserId user)
    {
        if (--seated[user] > 0) return;
        seated.Remove(user);
        Changed(user, false);
    }

    private void Reannounce()
    {
        foreach (var user in seated.Keys) Changed(user, true);
    }

    private void Changed(UserId user, bool online)
    {
        changed[user] = online;
        StartReporting();
    }

    /// <summary>Not before the room is open: what it says of the first report would come back to nobody.</summary>
    private void StartReporting()
    {
        if (reportsUnderWay || head < 0 || changed.Count == 0) return;
        reportsUnderWay = true;
        reporting = Report();
    }

    private async Task Report()
    {
        Activity.Current = null;
        await Task.Yield(); // the lock is held by whoever came
        while (true)
        {
            PresenceReport report;
            lock (gate)
            {
                reportsUnderWay = changed.Count > 0 && !emptied.Task.IsCompleted; // the people of an empty room go with its lease
                if (!reportsUnderWay) return;
                report = new(
                    [.. changed.Where(change => change.Value).Select(change => change.Key)],
                    [.. changed.Where(change => !change.Value).Select(change => change.Key)]);
                changed = [];
            }

            try
            {
                await chat.Room(id).Report(chat.Feed.Edge, report);
            }
            catch (UnavailableException)
            {
                lock (gate) TellAgain(report);
            }

            await Task.WhenAny(Task.Delay(BetweenReports, time), emptied.Task);
        }
    }

    /// <summary>It is not known whether the room heard it. What has changed since stands.</summary>
    private void TellAgain(PresenceReport report)
    {
        foreach (var user in report.Online) changed.TryAdd(user, true);
        foreach (var user in report.Offline) changed.TryAdd(user, false);
    }
}
