using System.Collections.Immutable;
using System.Diagnostics;
using OrleansChat.Engine;
using OrleansChat.Nodes;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Rooms;

/// <summary>Commands become events: gathered while an append is under way, decided in order, appended as one.</summary>
public partial class Room
{
    private const int MaxWaiting = 10_000; // a room behind by more than this is not keeping up; senders hear so
    private const int MaxBatch = 500;      // about as many events as one transaction carries without holding up the others

    private Queue<Waiting>? waiting; // there since the first time that somebody had to wait
    private readonly List<Waiting> batch = []; // of them, what is being committed
    private readonly Dictionary<(UserId Author, string Key), Waiting> posting = []; // posts on their way; one that is stored at once never is
    private bool committing;

    public Task<Answer<Receipt>> Submit(Actor actor, RoomCommand command)
    {
        if (over || waiting is { Count: >= MaxWaiting })
        {
            return Task.FromResult<Answer<Receipt>>(Refusal.Unavailable("The room is busy; try again."));
        }

        // A repeat that comes while the first is still on its way gets the first one's answer.
        var key = command is RoomCommand.Post post ? (actor.Id, post.Key) : default;
        if (key.Key is not null && posting.Count > 0 && posting.TryGetValue(key, out var first)) return first.Task;

        var mine = new Waiting(actor, command);
        if (committing)
        {
            (waiting ??= new()).Enqueue(mine);
        }
        else
        {
            batch.Add(mine);
            _ = CommitAll();
        }

        if (key.Key is not null && !mine.Task.IsCompleted) posting.Add(key, mine);
        return mine.Task;
    }

    private async Task CommitAll()
    {
        committing = true;
        do
        {
            using var span = BeginCommit();
            try
            {
                await Opened();
                if (MustRecall()) state = await Recall();
                while (batch.Count > 0) await CommitOnce(Trace(span));
                state = state.Forget();
            }
            catch (Exception e)
            {
                span?.Fail(e);
                if (opening is { IsCompletedSuccessfully: true }) StepDown(e); // a room that never opened has nothing to forget
                batch.AddRange(waiting ?? []);
                waiting?.Clear();
                foreach (var each in batch) Settle(each, Refusal.Unavailable("It is not known whether this was stored; try again."));
                batch.Clear();
            }

            while (batch.Count < MaxBatch && waiting?.TryDequeue(out var next) == true) batch.Add(next);
        }
        while (batch.Count > 0);

        committing = false;
    }

    /// <summary>Decides as much of the batch as one append takes, appends it, and removes from the batch what is settled.</summary>
    private async Task CommitOnce(string? trace)
    {
        var next = state;
        var entries = new List<LogEntry>(batch.Count);
        var decided = 0;
        var erased = false;
        foreach (var each in batch)
        {
            var decision = RoomRules.Decide(next, each.Actor, each.Command, host.Time.GetUtcNow(), host.Limits);
            erased = decision is Decision.Erased;
            if (erased) break;
            each.Decided = await AnswerTo(each, decision, next);
            decided++;
            if (decision is not Decision.Happened happened) continue;
            foreach (var e in happened.Events)
            {
                next = next.Apply(e);
                entries.Add(Entry(each.Command, e, next));
            }
        }

        if (entries.Count > 0)
        {
            switch (await Append(entries))
            {
                case AppendOutcome.KeysTaken taken:
                    foreach (var (index, receipt) in taken.Receipts)
                    {
                        var (e, key, _) = entries[index];
                        var repeated = batch.First(each => each.Actor.Id == e.By && each.Command is RoomCommand.Post post && post.Key == key);
                        batch.Remove(repeated);
                        Settle(repeated, receipt);
                    }

                    return; // the rest is decided again
                case AppendOutcome.Fenced:
                    throw new SteppedDownException(id);
            }

            epoch = Math.Max(epoch, 1);
            state = next;
        }

        for (var i = 0; i < decided; i++) Settle(batch[i], batch[i].Decided!);
        batch.RemoveRange(0, decided);
        if (entries.Count > 0) Tell(entries.ConvertAll(entry => entry.Event), trace);
        if (erased) await Erase();
    }

    private async Task Erase()
    {
        if (!await host.Storage.DestroyRoom(id, epoch)) throw new SteppedDownException(id);
        var receipt = new Receipt(state.Head, state.Last);
        state = RoomState.Absent(id, wasDestroyed: true);
        host.Publish(this, new RoomNews.Gone());
        Settle(batch[0], receipt);
        batch.RemoveAt(0);
    }

    private static LogEntry Entry(RoomCommand command, RoomEvent e, RoomState room) =>
        e is RoomEvent.Message message
            ? new(e, ((RoomCommand.Post)command).Key, Mentions.In(message.Text, room))
            : new(e);

    private async ValueTask<Answer<Receipt>> AnswerTo(Waiting asked, Decision decision, RoomState now) => decision switch
    {
        Decision.Happened happened => new Receipt(happened.Events[0].Seq, happened.Events[0].At),
        Decision.Refused { Refusal: var refusal } => await EarlierPost(asked, refusal) is { } receipt ? receipt : refusal,
        _ => new Receipt(now.Head, now.Last),
    };

    /// <summary>A post that was stored before gets its receipt, even where it would be refused today.</summary>
    private async Task<Receipt?> EarlierPost(Waiting asked, Refusal refusal) =>
        asked.Command is RoomCommand.Post post && state.Exists && refusal.Code is not (ErrorCode.BadRequest or ErrorCode.TooLong)
            ? await host.Storage.FindPost(id, asked.Actor.Id, post.Key)
            : null;

    /// <summary>Whether the rules must know more for these commands than the state says; for most posts they need not.</summary>
    private bool MustRecall() => id.IsDirect || batch.Exists(static each => each.Command is not RoomCommand.Post { Reply: null });

    /// <summary>The state, with what the rules must know for these commands looked up.</summary>
    private async Task<RoomState> Recall()
    {
        var messages = batch.Select(each => each.Command.Target).OfType<long>().Distinct().ToList();
        var people = batch.Select(each => each.Command.Person).OfType<UserId>()
            .Concat(batch.Where(each => each.Command is RoomCommand.Join or RoomCommand.Create or RoomCommand.OpenDirect).Select(each => each.Actor.Id))
            .Distinct().ToList();
        return state with
        {
            Blocked = id.IsDirect && await host.Storage.IsBlocked(id),
            KnownMessages = messages.Count > 0 ? (await host.Storage.Messages(id, messages)).ToImmutableDictionary() : state.KnownMessages,
            KnownPeople = people.Count > 0 ? (await host.Storage.People(people)).ToImmutableDictionary() : state.KnownPeople,
        };
    }

    private void Tell(List<RoomEvent> events, string? trace)
    {
        host.Publish(this, new RoomNews.Happened(events, trace));
        foreach (var e in events)
        {
            Welcome(e);
            if (e.Lost() is { } gone) marks.Remove(gone); // who comes back has a new mark
        }
    }

    /// <summary>Whoever became a member by an event hears so on all their edges.</summary>
    private void Welcome(RoomEvent e)
    {
        if (e.Gained() is { } user) _ = host.User(user).Entered(id, e.Seq);
    }

    private void Settle(Waiting asked, Answer<Receipt> answer)
    {
        if (posting.Count > 0 && asked.Command is RoomCommand.Post post) posting.Remove((asked.Actor.Id, post.Key));
        asked.TrySetResult(answer);
    }

    /// <summary>A command and the one who waits for its answer.</summary>
    private sealed class Waiting(Actor actor, RoomCommand command) : TaskCompletionSource<Answer<Receipt>>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Actor Actor { get; } = actor;

        public RoomCommand Command { get; } = command;

        /// <summary>The span of the call that brought it, where somebody listens.</summary>
        public Activity? Asking { get; } = ChatTelemetry.Source.HasListeners() ? Activity.Current : null;

        /// <summary>What the answer will be, once what was decided is stored.</summary>
        public Answer<Receipt>? Decided { get; set; }
    }
}
