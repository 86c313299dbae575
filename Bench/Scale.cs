namespace OrleansChat.Bench;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">Each server is started and measured so many times, in turn with the others.</param>
/// <param name="Time">How long each figure is measured.</param>
/// <param name="WarmUp">At most so long before it.</param>
/// <param name="FanOuts">Sockets in one room.</param>
/// <param name="SmallRooms">Rooms, and members of each.</param>
/// <param name="Sockets">Idle ones, and ones that reconnect at once.</param>
/// <param name="Members">Sockets in the cluster's room.</param>
/// <param name="History">Messages of the long room.</param>
public sealed record Scale(
    int Rounds,
    TimeSpan Time,
    TimeSpan WarmUp,
    IReadOnlyList<int> FanOuts,
    IReadOnlyList<(int Rooms, int Members)> SmallRooms,
    int Sockets,
    int Members,
    int History)
{
    /// <summary>Characters of each text.</summary>
    public const int Text = 128;

    public static Scale Full { get; } = new(3, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(8), [1_000, 10_000], [(500, 4), (5_000, 2)], 10_000, 500, 1_000_000);

    /// <summary>To see that everything works: its figures mean nothing.</summary>
    public static Scale Short { get; } = new(1, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.2), [20], [(5, 4)], 100, 20, 2_000);
}
