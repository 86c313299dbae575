using Microsoft.Extensions.Options;
using OrleansChat.Engine;
using OrleansChat.Gateway.Identity;
using OrleansChat.Gateway.Limits;
using OrleansChat.Gateway.Rooms;
using OrleansChat.Gateway.Users;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Operations;

/// <summary>What an operation comes to: the answer's record, or a refusal.</summary>
public readonly record struct Reply(object? Ok, Refusal? Refusal)
{
    /// <summary>What is to happen right after the answer.</summary>
    public Action? Then { get; init; }

    public static readonly Reply Done = new(OrleansChat.Done.Instance, null);

    public static implicit operator Reply(Refusal refusal) => new(null, refusal);

    public static Reply Of<T>(Answer<T> answer) => new(answer.Value, answer.Refusal);
}

/// <summary>Operations become calls: one switch for the WebSocket, HTTP and whatever comes.</summary>
public sealed class Dispatch(IChat chat, IStorage storage, OpenRooms rooms, OpenUsers users, UserRates rates, TimeProvider time, IOptions<ChatOptions> options)
{
    private const int MaxWho = 100;
    private const int RoomsPerPage = 100;

    /// <summary>Carries out what needs no socket of its own. Never throws for what a client did.</summary>
    public async ValueTask<Reply> Carry(Caller me, Operation operation)
    {
        if (TokenScopes.Refuse(me, Operation.NameOf(operation)) is { } forbidden) return forbidden;
        if (me.Id.IsGuest && options.Value.Guests.Refused.Contains(Operation.NameOf(operation))) return Refusal.Forbidden("Guests may not do this here.");
        if (operation is Operation.Create && rates.Creation(me.Id) is { } limited) return limited;
        try
        {
            return await Call(me, operation);
        }
        catch (UnavailableException)
        {
            return Refusal.Unavailable("The storage does not answer; try again.");
        }
    }

    private ValueTask<Reply> Call(Caller me, Operation operation) => operation switch
    {
        Operation.Post post => Post(me, post),
        Operation.Edit edit => Seq(me, edit.Room, new RoomCommand.Edit(edit.Seq, edit.Text)),
        Operation.Delete delete => Seq(me, delete.Room, new RoomCommand.Delete(delete.Seq)),
        Operation.React react => Seq(me, react.Room, new RoomCommand.React(react.Seq, react.Emoji, react.On)),
        Operation.Join join => Do(me, join.Room, new RoomCommand.Join()),
        Operation.Leave leave => Do(me, leave.Room, new RoomCommand.Leave()),
        Operation.Create create => Room(me, create.Room, new RoomCommand.Create(create.Name, create.Topic, create.Visibility)),
        Operation.OpenDirect open when open.User == me.Id => new(Refusal.BadRequest("A direct room is for two.")),
        Operation.OpenDirect open => Room(me, RoomId.Direct(me.Id, open.User), new RoomCommand.OpenDirect(open.User)),
        Operation.Configure c => Do(me, c.Room, new RoomCommand.Configure(c.Name, c.Topic, c.Visibility, c.Slow)),
        Operation.Destroy destroy => Do(me, destroy.Room, new RoomCommand.Destroy()),
        Operation.Invite invite => Do(me, invite.Room, new RoomCommand.Invite(invite.User)),
        Operation.Kick kick => Do(me, kick.Room, new RoomCommand.Kick(kick.User, kick.Reason)),
        Operation.Ban ban => Do(me, ban.Room, new RoomCommand.Ban(ban.User, ban.Reason)),
        Operation.Unban unban => Do(me, unban.Room, new RoomCommand.Unban(unban.User)),
        Operation.GiveRole give => Do(me, give.Room, new RoomCommand.GiveRole(give.User, give.Role)),
        Operation.History history => History(me, history),
        Operation.Search search => Search(me, search),
        Operation.Status status => Status(me, status),
        Operation.Who who => Who(who),
        Operation.ListRooms list => List(me, list),
        Operation.Block block => Done(chat.User(me.Id).Block(block.User, on: true)),
        Operation.Unblock unblock => Done(chat.User(me.Id).Block(unblock.User, on: false)),
        Operation.Read { Seq: < 0 } => new(Refusal.BadRequest("A read mark is not negative.")),
        Operation.Read read => Done(chat.Room(read.Room).MarkRead(me.Actor, read.Seq)),
        Operation.Typing typing => Done(chat.Room(typing.Room).Typing(me.Actor)),
        Operation.Ping => new(new Reply(new PingAnswer(time.GetUtcNow()), null)),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "An operation that needs a socket."),
    };

    private async ValueTask<Reply> Post(Caller me, Operation.Post post)
    {
        var answer = await chat.Room(post.Room).Submit(me.Actor, new RoomCommand.Post(post.Text, post.Key, post.Reply));
        return answer.Ok ? new Reply(new PostAnswer(answer.Value.Seq, answer.Value.At), null) : answer.Refusal;
    }

    private async ValueTask<Reply> Seq(Caller me, RoomId room, RoomCommand command)
    {
        var answer = await chat.Room(room).Submit(me.Actor, command);
        return answer.Ok ? new Reply(new SeqAnswer(answer.Value.Seq), null) : answer.Refusal;
    }

    private async ValueTask<Reply> Room(Caller me, RoomId room, RoomCommand command)
    {
        var answer = await chat.Room(room).Submit(me.Actor, command);
        return answer.Ok ? new Reply(new RoomAnswer(room), null) : answer.Refusal;
    }

    private async ValueTask<Reply> Do(Caller me, RoomId room, RoomCommand command) =>
        (await chat.Room(room).Submit(me.Actor, command)).Refusal is { } refusal ? refusal : Reply.Done;

    private static async ValueTask<Reply> Done(Task<Answer<Done>> asked) => Reply.Of(await asked);

    private async ValueTask<Reply> History(Caller me, Operation.History history)
    {
        if (history.Limit < 1) return Refusal.BadRequest("The limit is at least 1.");
        var limit = Math.Min(history.Limit ?? 50, HistoryQuery.MaxLimit);
        return Reply.Of(await chat.Room(history.Room).History(me.Actor, new(history.Before, history.After, limit)));
    }

    private async ValueTask<Reply> Search(Caller me, Operation.Search search)
    {
        if (search.Limit < 1) return Refusal.BadRequest("The limit is at least 1.");
        if (Texts.Check("query", search.Query, 1, Texts.MaxQuery, out var text) is { } bad) return bad;
        if (search.Room is { } room && (await chat.Room(room).MaySearch(me.Actor)).Refusal is { } refusal) return refusal;
        try
        {
            var limit = Math.Min(search.Limit ?? 50, SearchQuery.MaxLimit);
            return new(await storage.Search(me.Id, new(text, search.Room, search.Cursor, limit)), null);
        }
        catch (FormatException)
        {
            return Refusal.BadRequest("The cursor is none that a search gave.");
        }
    }

    private async ValueTask<Reply> Status(Caller me, Operation.Status status)
    {
        UserId after = default;
        if (status.After is not null && !UserId.TryParse(status.After, null, out after)) return Refusal.BadRequest("The field 'after' is not a user id.");
        var answer = await chat.Room(status.Room).Status(me.Actor, status.After is null ? null : after);
        return answer.Ok ? new Reply(WithOurs(answer.Value), null) : answer.Refusal;
    }

    /// <summary>An edge knows its own people up to a second before the room hears of them, and what they did before it is stored.</summary>
    private RoomStatus WithOurs(RoomStatus status) => status with
    {
        Members = [.. status.Members.Select(member => member with
        {
            Online = member.Online || rooms.IsSeated(status.Room, member.User),
            LastActive = Later(member.LastActive, users.LastActive(member.User)),
        })],
    };

    private async ValueTask<Reply> Who(Operation.Who who)
    {
        if (who.Users.Contains(null!)) return Refusal.BadRequest("The field 'users' has a value that cannot be.");
        if (who.Users.Count > MaxWho) return Refusal.BadRequest($"At most {MaxWho} users at a time.");
        var asked = who.Users.Select(name => UserId.TryParse(name, null, out var id) ? id : default).Where(id => id != default).Distinct();
        var found = await Task.WhenAll(asked.Select(id => chat.User(id).Status()));
        return new(new WhoAnswer([.. found.OfType<UserStatus>().Select(Freshest)]), null);
    }

    private UserStatus Freshest(UserStatus status) => status with
    {
        Online = status.Online || users.IsHere(status.User),
        LastActive = Later(status.LastActive, users.LastActive(status.User)),
    };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    private async ValueTask<Reply> List(Caller me, Operation.ListRooms list)
    {
        RoomId after = default;
        if (list.After is not null && !RoomId.TryParse(list.After, null, out after)) return Refusal.BadRequest("The field 'after' is not a room id.");
        if (list.Query is not null && Texts.Check("query", list.Query, 0, Texts.MaxQuery, out _) is { } bad) return bad;
        return new(await storage.ListRooms(me.Id, me.Admin, list.Query?.Trim(), list.After is null ? null : after, RoomsPerPage), null);
    }
}
