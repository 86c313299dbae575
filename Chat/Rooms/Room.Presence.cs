using System.Diagnostics;
using OrleansChat.Engine;
using OrleansChat.Presence;
using OrleansChat.Users;

namespace OrleansChat.Rooms;

/// <summary>Passing things: who is here, who types, who has read how far.</summary>
public partial class Room
{
    /// <summary>A room with more members than this tells only how many are online.</summary>
    public const int NamedPresence = 500;

    private static readonly TimeSpan TypingPause = TimeSpan.FromSeconds(2);

    private readonly RoomPresence presence = new();
    private readonly Dictionary<UserId, DateTimeOffset> typed = [];
    private readonly Dictionary<UserId, long> marks = [];
    private Dictionary<UserId, long> unsaved = [];
    private Task saving = Task.CompletedTask;
    private bool watching;

    /// <summary>The edges that hold the room open: its news go to them.</summary>
    public IEnumerable<EdgeId> Edges => presence.Edges;

    public async Task<long> Attach(EdgeId edge)
    {
        await Opened();
        presence.Renew(edge, host.Time.GetUtcNow());
        if (!watching) _ = Watch();
        return state.Head;
    }

    public Task Detach(EdgeId edge)
    {
        Tell(presence.End(edge));
        return Task.CompletedTask;
    }

    public async Task Report(EdgeId edge, PresenceReport report)
    {
        await Opened();
        Tell(presence.Report(edge, report, host.Time.GetUtcNow()));
        if (!watching) _ = Watch();
    }

    public Task<Answer<Done>> Typing(Actor actor) => Reading<Done>(async () =>
    {
        if (RoomRules.NotAmongMembers(state, actor) is { } refusal) return refusal;
        if (id.IsDirect && await host.Storage.IsBlocked(id)) return RoomRules.BlockedDirect();
        var now = host.Time.GetUtcNow();
        if (typed.TryGetValue(actor.Id, out var last) && now - last < TypingPause) return Done.Instance;
        if (typed.Count >= NamedPresence) typed.Clear(); // old entries say nothing; at worst a word of typing comes early
        typed[actor.Id] = now;
        host.Publish(this, new RoomNews.Typing(actor.Id));
        return Done.Instance;
    });

    public Task<Answer<Done>> MarkRead(Actor actor, long seq) => Reading<Done>(async () =>
    {
        if (RoomRules.NotAmongMembers(state, actor) is { } refusal) return refusal;
        seq = Math.Min(seq, state.Head);
        if (seq <= await ReadMark(actor.Id)) return Done.Instance;
        marks[actor.Id] = unsaved[actor.Id] = seq;
        host.Publish(this, new RoomNews.Read(actor.Id, seq));

        // While one batch of marks is being written the next gathers.
        var mine = unsaved;
        await saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (mine == unsaved) saving = SaveMarks();
        await saving;
        return Done.Instance;
    });

    /// <summary>A room at rest can be let go: nobody holds it open, nothing is under way.</summary>
    protected internal bool AtRest => presence.NextEnd is null && !committing && saving.IsCompleted;

    private async Task<long> ReadMark(UserId user)
    {
        if (marks.TryGetValue(user, out var mark)) return mark;
        var stored = (await host.Storage.RoomOf(user, id))?.Read ?? 0;
        marks.TryAdd(user, stored); // unless another turn moved it meanwhile
        return marks[user];
    }

    private async Task SaveMarks()
    {
        var batch = unsaved;
        unsaved = [];
        try
        {
            await host.Storage.SaveReadMarks(id, batch);
        }
        catch
        {
            foreach (var user in batch.Keys) marks.Remove(user); // what is stored is not known: read it again
            throw;
        }
    }

    private void Tell(PresenceReport change)
    {
        var online = change.Online.Where(state.Members.ContainsKey).ToList();
        var offline = change.Offline.Where(state.Members.ContainsKey).ToList();
        if (online.Count + offline.Count == 0) return;
        host.Publish(this, state.Members.Count > NamedPresence
            ? new RoomNews.Presence([], [], presence.Count)
            : new RoomNews.Presence(online, offline));
    }

    /// <summary>Waits for leases to run out, for as long as there are any.</summary>
    private async Task Watch()
    {
        watching = true;
        Activity.Current = null; // it outlives the operation that began it
        while (!over && presence.NextEnd is { } end)
        {
            await Task.Delay(TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerSecond, (end - host.Time.GetUtcNow()).Ticks)), host.Time);
            if (!over) Tell(presence.Expire(host.Time.GetUtcNow()));
        }

        watching = false;
    }
}
