using OrleansChat.Hooks;
using OrleansChat.Presence;
using OrleansChat.Rooms;

namespace OrleansChat.Storage;

/// <summary>The rooms' webhooks; for the outgoing ones who delivers them, and how far. They go with their room, and with their bot.</summary>
public interface IHooks
{
    /// <param name="hash">Of an incoming one's secret.</param>
    Task AddHook(Hook hook, byte[]? hash);

    /// <summary>A room's webhooks, the oldest first.</summary>
    Task<IReadOnlyList<Hook>> HooksOf(RoomId room);

    /// <summary>A webhook, and the hash of its secret if it is an incoming one; null where there is none.</summary>
    Task<(Hook Hook, byte[]? Hash)?> FindHook(HookId hook);

    Task RemoveHook(HookId hook);

    /// <summary>Switches an outgoing one on, with its troubles forgotten, or off. Nobody owns it then.</summary>
    /// <param name="from">Its cursor moves forward to here, never back.</param>
    /// <param name="error">Why it was switched off; where null, the last error stays.</param>
    Task SwitchHook(HookId hook, bool on, long from = 0, string? error = null);

    /// <summary>
    /// Takes the outgoing ones that are on and that nobody else has a lease on at <paramref name="now"/>, and renews
    /// the leases of one's own. A former life of the same name is over: what it had is taken at once.
    /// </summary>
    /// <returns>All that this owner has now.</returns>
    Task<IReadOnlyList<Hook>> LeaseHooks(EdgeId owner, DateTimeOffset now, DateTimeOffset until);

    /// <summary>Keeps how far the owner has come, and what is in its way. False: it is the owner no more.</summary>
    Task<bool> SaveDelivery(HookId hook, EdgeId owner, long cursor, Trouble? trouble);

    /// <summary>The owner ends; others may take what it had at once.</summary>
    Task ReleaseHooks(EdgeId owner);
}
