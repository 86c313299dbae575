using OrleansChat.Client;
using OrleansChat.Terminal.Rooms;
using OrleansChat.Terminal.Screen;

namespace OrleansChat.Terminal;

/// <summary>What the server tells, and where it goes.</summary>
internal sealed partial class ScreenMode
{
    private const int Page = 100;

    private static readonly TimeSpan TypesFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SaidFor = TimeSpan.FromSeconds(4);

    private (string Words, bool IsAlarm, DateTimeOffset Until) banner;
    private bool marking;

    private async Task WatchNews()
    {
        await foreach (var news in chat.News(cancel: leaving.Token))
        {
            switch (news)
            {
                case ChatNews.Lost:
                    banner = ("The connection is lost. Reconnecting…", true, DateTimeOffset.MaxValue);
                    break;
                case ChatNews.Retrying { Failures: > 1 } retrying:
                    banner = ($"No answer. The next attempt is in {Math.Ceiling(retrying.Pause.TotalSeconds)} s.", true, DateTimeOffset.MaxValue);
                    break;
                case ChatNews.Connected { Again: true } connected:
                    banner = ("Back again.", false, DateTimeOffset.Now + SaidFor);
                    Welcomed(connected.Welcome);
                    foreach (var room in rooms.Where(room => room.IsOpened)) _ = Try(() => room.IsDirect ? Reload(room) : LookAround(room));
                    break;
                case ChatNews.Stopped stopped:
                    banner = (stopped.Why.Reason is StopReason.SignedOut ? "You were signed out. Ctrl-C leaves." : "The server lets you in no more. Ctrl-C leaves.", true, DateTimeOffset.MaxValue);
                    break;
                case ChatPush push:
                    Take(push);
                    break;
            }
        }
    }

    private (string? Words, bool IsAlarm) Banner()
    {
        if (banner.Words is not null && banner.Until > DateTimeOffset.Now) return (banner.Words, banner.IsAlarm);
        if (open is { Place: not null }) return ("Further back. End leads to the latest.", false);
        var typing = open?.Typing.Where(it => it.Value > DateTimeOffset.Now).Select(it => names.Of(it.Key)).ToList() ?? [];
        return (typing switch { [] => null, [var one] => $"{one} is typing…", [var one, var two] => $"{one} and {two} are typing…", _ => "Several people are typing…" }, false);
    }

    /// <summary>Every second: what was true for a moment only is drawn no more.</summary>
    private void Forget()
    {
        foreach (var room in rooms)
        {
            foreach (var (user, until) in room.Typing.ToArray())
            {
                if (until < DateTimeOffset.Now) room.Typing.Remove(user);
            }
        }
    }

    /// <summary>The rooms that are ours now. Those that are open get their events besides.</summary>
    private void Welcomed(HelloAnswer welcome)
    {
        var ours = welcome.Rooms.Select(entry => entry.Room).ToHashSet();
        foreach (var room in rooms.Where(room => !ours.Contains(room.Id)).ToArray()) Remove(room);
        foreach (var entry in welcome.Rooms) Enter(entry);
    }

    private RoomView Enter(RoomEntry entry)
    {
        var room = rooms.Find(room => room.Id == entry.Room);
        if (room is null)
        {
            rooms.Add(room = new(entry.Room, entry.Name));
            rooms.Sort((a, b) => (a.IsDirect, a.Name).CompareTo((b.IsDirect, b.Name)));
            if (room.IsDirect) _ = Try(() => names.Ask(chat, [Picture.OtherIn(room.Id, chat.Me.Id)], leaving.Token));
        }

        if (!room.IsOpened) (room.Unread, room.Mentions, room.ReadMark) = (entry.Unread, entry.Mentions, entry.Read);
        return room;
    }

    private void Remove(RoomView room)
    {
        rooms.Remove(room);
        if (open != room) return;
        open = null;
        if (rooms.FirstOrDefault() is { } other) _ = Try(() => Go(other.Id));
    }

    private void Take(ChatPush push)
    {
        switch (push)
        {
            case ChatPush.Entered entered:
                Enter(entered.Room);
                break;
            case ChatPush.Gone gone when Find(gone.Room) is { } room:
                Remove(room);
                Say($"The room {room.Name} is gone.");
                break;
            case ChatPush.Events events when Find(events.Room) is { IsDirect: true, IsOpened: true } room:
                foreach (var e in events.List) Happened(room, e);
                break;
            case ChatPush.Events events when Find(events.Room) is { IsOpened: false } room:
                room.Unread += events.List.Count(e => e is { Kind: "message", Deleted: false } && e.By != chat.Me.Id);
                if (events.List.Any(e => e.Removes(chat.Me.Id))) Remove(room);
                break;
            case ChatPush.Presence presence when Find(presence.Room) is { } room:
                room.OnlineCount = presence.Count;
                foreach (var user in presence.Online ?? []) SetOnline(room, user, true);
                foreach (var user in presence.Offline ?? []) SetOnline(room, user, false);
                break;
            case ChatPush.Typing typing when Find(typing.Room) is { } room && typing.User != chat.Me.Id:
                room.Typing[typing.User] = DateTimeOffset.Now + TypesFor;
                break;
            case ChatPush.Notice notice:
                if (Find(notice.Room) is { } noticed && (noticed != open || !focused)) noticed.Mentions++;
                if (!arguments.Quiet) tty.Write("\a");
                break;
        }
    }

    private RoomView? Find(string id) => rooms.Find(room => room.Id == id);

    private static void SetOnline(RoomView room, string user, bool online)
    {
        if (room.Members.TryGetValue(user, out var member)) room.Members[user] = member with { Online = online };
    }

    /// <summary>Shows a room; at the first time it is read, and followed from then on.</summary>
    private async Task Go(string id)
    {
        // Nobody joins a direct room: it is there, and its events come by the news.
        var isDirect = id.StartsWith("dm:", StringComparison.Ordinal);
        var joined = isDirect || Find(id) is { IsOpened: true } ? null : await chat.Join(id, cancel: leaving.Token);
        if (isDirect && Find(id) is null) Enter(new(id, id, 0, 0, 0, 0, DateTimeOffset.Now, "member"));
        var room = joined is null ? Find(id)! : Enter(joined.Entry);
        if (open is not null && open != room)
        {
            open.Draft = input;
            open.NewAfter = null;
        }

        if (open != room) input = room.Draft;
        if (room.Unread > 0) room.NewAfter = room.ReadMark;
        open = room;
        if (room.IsOpened) return;
        room.IsOpened = true;
        if (joined is null)
        {
            await Reload(room);
            return;
        }

        room.Topic = PlainText.Harmless(joined.Entry.Topic ?? "");
        room.Begin(joined.Entry.Head);
        await ReadOlder(room, joined.Entry.Head + 1);
        _ = Watch(() => Follow(room, joined));
        await LookAround(room);
    }

    private async Task Follow(RoomView room, ChatRoom joined)
    {
        await foreach (var item in joined.Items(leaving.Token))
        {
            switch (item)
            {
                case RoomItem.Happened { Event: var e }:
                    await names.Ask(chat, e.User is { } user ? [e.By, user] : [e.By], leaving.Token);
                    Happened(room, e);
                    break;
                case RoomItem.Gap:
                    room.Tell(_ => "Much was said meanwhile. Here are the messages, without who came and went.");
                    break;
                case RoomItem.Reloaded { Message: var message }:
                    await names.Ask(chat, [message.By], leaving.Token);
                    room.Take(message);
                    break;
            }
        }

        // The membership has ended.
        if (!rooms.Contains(room)) return;
        Remove(room);
        Say($"You are not in {room.Name} any more.");
    }

    private void Happened(RoomView room, ChatEvent e)
    {
        room.Take(e);
        if (e is { Kind: "message" } && e.By != chat.Me.Id && (room != open || !focused || room.Place is not null)) room.Unread++;
    }

    /// <summary>A direct room's events are not sent again after a broken line: its messages are read anew.</summary>
    private async Task Reload(RoomView room)
    {
        var page = await chat.History(room.Id, limit: Page, cancel: leaving.Token);
        await names.Ask(chat, page.Messages.Select(message => message.By), leaving.Token);
        // An event that came meanwhile is newer than the page, and stays.
        var newer = room.Entries.Where(entry => entry.Seq > (page.Messages is [.., var last] ? last.Seq : 0)).ToList();
        room.Entries.Clear();
        room.Prepend(page.Messages, page.More);
        room.Entries.AddRange(newer);
        room.Place = null;
        await LookAround(room);
    }

    private async Task ReadOlder(RoomView room, long before)
    {
        if (room.IsLoading || !room.HasOlder) return;
        room.IsLoading = true;
        try
        {
            var page = await chat.History(room.Id, before: before, limit: Page, cancel: leaving.Token);
            await names.Ask(chat, page.Messages.Select(message => message.By), leaving.Token);
            room.Prepend(page.Messages, page.More);
        }
        finally
        {
            room.IsLoading = false;
        }
    }

    private async Task LookAround(RoomView room)
    {
        var status = await chat.Status(room.Id, cancel: leaving.Token);
        room.Members.Clear();
        foreach (var member in status.Members)
        {
            names.Learn(member.User, member.Name);
            room.Members[member.User] = new(member.User, member.Role, member.Online);
        }

        if (!room.IsDirect) room.Name = PlainText.Harmless(status.Name);
        room.Topic = PlainText.Harmless(status.Topic);
    }

    /// <summary>What is on the screen of somebody who looks at it is read.</summary>
    private void Seen()
    {
        if (open is not { IsOpened: true, Place: null } room || !focused || !chat.IsConnected) return;
        (room.Unread, room.Mentions) = (0, 0);
        if (marking || room.Head <= room.ReadMark) return;
        marking = true;
        _ = Try(async () =>
        {
            try
            {
                room.ReadMark = room.Head; // told once, even if it is refused
                await chat.Read(room.Id, room.ReadMark, leaving.Token);
            }
            finally
            {
                marking = false;
            }
        });
    }
}
