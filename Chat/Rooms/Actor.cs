using OrleansChat.Users;

namespace OrleansChat.Rooms;

/// <summary>Who speaks, as the connection knows it; a frame never says.</summary>
/// <param name="Admin">Whether they have the administrator's rights.</param>
public sealed record Actor(UserId Id, bool Admin = false);
