using System.Security.Cryptography;
using OrleansChat.Engine;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Hooks;

/// <summary>The webhooks of rooms: made, listed, switched and revoked by whoever may change the room.</summary>
public sealed class RoomHooks(IChat chat, IStorage storage, HookKeys keys, TimeProvider time)
{
    private const int MaxUrl = 2_000;

    /// <summary>One that posts. The secret is in the answer and nowhere else.</summary>
    public async Task<Answer<(Hook Hook, string Secret)>> MakeIncoming(Actor me, RoomId room, string name)
    {
        var secret = Secret.New();
        var made = await Make(me, room, name, null, Secret.Hash(secret));
        return made.Ok ? (made.Value, secret) : made.Refusal;
    }

    /// <summary>One that sends the room's events from now on. The secret signs them.</summary>
    /// <param name="kinds">The kinds of events that are sent; null for all.</param>
    public async Task<Answer<(Hook Hook, string Secret)>> MakeOutgoing(Actor me, RoomId room, string name, string url, IReadOnlyList<string>? kinds)
    {
        if (Address(url) is not { } address) return Refusal.BadRequest("The url is one of http or https, without a user and a fragment.");
        if (kinds is not null && (kinds.Count == 0 || !kinds.All(kind => RoomEvent.Kinds.Contains(kind))))
        {
            return Refusal.BadRequest($"The events are one or more of {string.Join(", ", RoomEvent.Kinds)}; without them all are sent.");
        }

        var made = await Make(me, room, name, new(address, kinds?.Distinct().ToList(), 0), null);
        return made.Ok ? (made.Value, await keys.SecretOf(made.Value.Id)) : made.Refusal;
    }

    private async Task<Answer<Hook>> Make(Actor me, RoomId room, string name, Outgoing? outgoing, byte[]? hash)
    {
        if (Texts.Check("name", name, 1, Texts.MaxName, out var shown) is { } bad) return bad;
        if ((await chat.Room(room).MayConfigure(me)).Refusal is { } refusal) return refusal;
        if ((await storage.HooksOf(room)).Count >= Hook.PerRoom) return Refusal.Conflict($"A room has {Hook.PerRoom} webhooks at most; revoke one first.");

        var id = HookId.New();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        await storage.AddAccount(new(id.Bot, shown, null, false, now, now));
        var invited = await chat.Room(room).Submit(me, new RoomCommand.Invite(id.Bot));
        if (invited.Refusal is { } closed)
        {
            await storage.RemoveAccount(id.Bot);
            return closed;
        }

        // What came before the bot is not its business.
        var hook = new Hook(id, room, shown, me.Id, now, outgoing is null ? null : outgoing with { Cursor = invited.Value!.Seq });
        await storage.AddHook(hook, hash);
        return hook;
    }

    public async Task<Answer<IReadOnlyList<Hook>>> Of(Actor me, RoomId room) =>
        (await chat.Room(room).MayConfigure(me)).Refusal is { } refusal
            ? refusal
            : new Answer<IReadOnlyList<Hook>>(await storage.HooksOf(room), null);

    /// <summary>Revokes it: its secret is worth nothing from now on, and its bot leaves. What the bot said stays, with its name.</summary>
    public async Task<Answer<Done>> Remove(Actor me, RoomId room, HookId id)
    {
        var found = await Find(me, room, id);
        if (!found.Ok) return found.Refusal;
        await storage.RemoveHook(id);
        await chat.Room(room).Submit(BotOf(found.Value), new RoomCommand.Leave()); // gone already, if somebody removed it
        return Done.Instance;
    }

    /// <summary>Switches an outgoing one off, or on again: then it goes on where it stopped, but for what its bot was no member for.</summary>
    public async Task<Answer<Done>> Switch(Actor me, RoomId room, HookId id, bool on)
    {
        var found = await Find(me, room, id);
        if (!found.Ok) return found.Refusal;
        if (found.Value.Outgoing is null) return Refusal.BadRequest("An incoming webhook is not switched off: revoke it.");
        if (on && (await chat.Room(room).Submit(me, new RoomCommand.Invite(id.Bot))).Refusal is { } refusal) return refusal;
        var since = on && await storage.RoomOf(id.Bot, room) is { } entry ? entry.Since : 0;
        await storage.SwitchHook(id, on, since);
        return Done.Instance;
    }

    private async Task<Answer<Hook>> Find(Actor me, RoomId room, HookId id)
    {
        if ((await chat.Room(room).MayConfigure(me)).Refusal is { } refusal) return refusal;
        return await storage.FindHook(id) is var (hook, _) && hook.Room == room ? hook : Refusal.NotFound("This room has no such webhook.");
    }

    /// <summary>The incoming webhook of this address; null where the secret is not its own, and where there is none.</summary>
    public async Task<Hook?> Open(string id, string secret) =>
        HookId.TryParse(id, null, out var hook) && await storage.FindHook(hook) is (var found, { } hash)
            && CryptographicOperations.FixedTimeEquals(hash, Secret.Hash(secret)) ? found : null;

    /// <summary>Says something in the room, as the webhook's bot, under the same rules as anybody.</summary>
    /// <param name="key">As of any post: repeated with it, it is stored once.</param>
    public async Task<Answer<Receipt>> Post(Hook hook, string text, string key)
    {
        var answer = await chat.Room(hook.Room).Submit(BotOf(hook), new RoomCommand.Post(text, key, null));
        return answer.Refusal is { Code: ErrorCode.NotFound or ErrorCode.NotMember or ErrorCode.Banned or ErrorCode.Forbidden } ? NoSuchHook() : answer;
    }

    /// <summary>Wrong secret, revoked, its bot removed, its room gone: nobody outside is told which.</summary>
    public static Refusal NoSuchHook() => Refusal.NotFound("There is no such webhook.");

    private static Actor BotOf(Hook hook) => new(hook.Bot, false);

    private static Uri? Address(string url) =>
        url.Length <= MaxUrl && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0 && address.Fragment.Length == 0 && address.Host.Length > 0 ? address : null;
}
