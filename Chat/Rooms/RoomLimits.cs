namespace OrleansChat.Rooms;

/// <summary>The sizes that the rules of a room hold to.</summary>
/// <param name="Text">Code points of a message.</param>
/// <param name="RoomsPerUser">Rooms that one person may be a member of.</param>
public sealed record RoomLimits(int Text = 4_000, int RoomsPerUser = 200);
