using OrleansChat.Hooks;
using OrleansChat.Presence;
using OrleansChat.Rooms;

namespace OrleansChat.Storage.Memory;

/// <content>Webhooks, under the lock of people: their bots are some.</content>
public sealed partial class MemoryStorage
{
    private readonly Dictionary<HookId, MemoryHook> hooks = [];

    public Task AddHook(Hook hook, byte[]? hash)
    {
        lock (people) hooks.Add(hook.Id, new(hook, hash, null, default));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Hook>> HooksOf(RoomId room)
    {
        lock (people)
        {
            return Task.FromResult<IReadOnlyList<Hook>>([.. hooks.Values.Select(h => h.Hook).Where(h => h.Room == room)
                .OrderBy(h => h.Created).ThenBy(h => h.Id.Value, StringComparer.Ordinal)]);
        }
    }

    public Task<(Hook Hook, byte[]? Hash)?> FindHook(HookId hook)
    {
        lock (people) return Task.FromResult<(Hook, byte[]?)?>(hooks.TryGetValue(hook, out var found) ? (found.Hook, found.Hash) : null);
    }

    public Task RemoveHook(HookId hook)
    {
        lock (people) hooks.Remove(hook);
        return Task.CompletedTask;
    }

    public Task SwitchHook(HookId hook, bool on, long from = 0, string? error = null)
    {
        lock (people)
        {
            if (!hooks.TryGetValue(hook, out var found) || found.Hook.Outgoing is not { } outgoing) return Task.CompletedTask;
            var trouble = on ? null
                : error is null ? outgoing.Trouble
                : (outgoing.Trouble ?? new(error, 0, default, default)) with { Error = error };
            var next = outgoing with { On = on, Cursor = Math.Max(outgoing.Cursor, from), Trouble = trouble };
            hooks[hook] = found with { Hook = found.Hook with { Outgoing = next }, Owner = null, Lease = default };
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Hook>> LeaseHooks(EdgeId owner, DateTimeOffset now, DateTimeOffset until)
    {
        lock (people)
        {
            var mine = hooks.Values.Where(h => h.Hook.Outgoing is { On: true } && (h.Owner?.Name == owner.Name || h.Lease <= now)).ToList();
            foreach (var hook in mine) hooks[hook.Hook.Id] = hook with { Owner = owner, Lease = until };
            return Task.FromResult<IReadOnlyList<Hook>>([.. mine.Select(h => h.Hook)]);
        }
    }

    public Task<bool> SaveDelivery(HookId hook, EdgeId owner, long cursor, Trouble? trouble)
    {
        lock (people)
        {
            if (!hooks.TryGetValue(hook, out var found) || found.Owner != owner || found.Hook.Outgoing is not { On: true } outgoing) return Task.FromResult(false);
            hooks[hook] = found with { Hook = found.Hook with { Outgoing = outgoing with { Cursor = cursor, Trouble = trouble } } };
            return Task.FromResult(true);
        }
    }

    public Task ReleaseHooks(EdgeId owner)
    {
        lock (people)
        {
            foreach (var (id, hook) in hooks.Where(h => h.Value.Owner == owner).ToList()) hooks[id] = hook with { Owner = null, Lease = default };
        }

        return Task.CompletedTask;
    }

    private List<Hook> RemoveHooks(Func<Hook, bool> which)
    {
        var gone = hooks.Values.Select(h => h.Hook).Where(which).ToList();
        foreach (var hook in gone) hooks.Remove(hook.Id);
        return gone;
    }

    private sealed record MemoryHook(Hook Hook, byte[]? Hash, EdgeId? Owner, DateTimeOffset Lease);
}
