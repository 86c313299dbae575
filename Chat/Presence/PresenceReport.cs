using OrleansChat.Users;

namespace OrleansChat.Presence;

/// <summary>Who came online and who went offline in a room, as one edge saw it.</summary>
public sealed record PresenceReport(IReadOnlyList<UserId> Online, IReadOnlyList<UserId> Offline);
