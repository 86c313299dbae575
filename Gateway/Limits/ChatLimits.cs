using OrleansChat.Rooms;

namespace OrleansChat.Gateway.Limits;

/// <summary>The limits of this server, under <c>Chat:Limits</c>. The defaults are safe for the open internet.</summary>
public sealed class ChatLimits
{
    /// <summary>False lifts the rates and counts, for load tests; sizes, timeouts and the outbox stay.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Bytes of a client's message.</summary>
    public int Frame { get; set; } = 65_536;

    /// <summary>Code points of a message's text.</summary>
    public int Text { get; set; } = 4_000;

    /// <summary>Rooms that one person may be in.</summary>
    public int Rooms { get; set; } = 200;

    /// <summary>Operations per second that one connection may do lastingly, and how many at once.</summary>
    public double OperationsPerSecond { get; set; } = 20;

    public int OperationsAtOnce { get; set; } = 100;

    /// <summary>The same for one user, over all connections and HTTP.</summary>
    public double UserOperationsPerSecond { get; set; } = 40;

    public int UserOperationsAtOnce { get; set; } = 200;

    /// <summary>Refusals for the rate that a connection may collect before it is closed with 4009; one is forgiven each second.</summary>
    public int Warnings { get; set; } = 100;

    /// <summary>Rooms that one user may create per hour.</summary>
    public int RoomsCreatedPerHour { get; set; } = 30;

    /// <summary>WebSockets open at once from one address.</summary>
    public int ConnectionsPerAddress { get; set; } = 250;

    /// <summary>Sign-ins and registrations per minute from one address.</summary>
    public int SignInsPerMinute { get; set; } = 30;

    /// <summary>Bytes that may wait for one socket.</summary>
    public int Outbox { get; set; } = 1024 * 1024;

    /// <summary>Operations of one connection that may be under way; beyond, its frames wait unread.</summary>
    public int InFlight { get; set; } = 64;

    /// <summary>From the upgrade to hello; and before that, for the upgrade itself to come in.</summary>
    public TimeSpan Hello { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A socket silent for so long is pinged; silent for as long again, it is taken for dead.</summary>
    public TimeSpan Ping { get; set; } = TimeSpan.FromSeconds(25);

    public RoomLimits ForRooms() => new(Text, Enabled ? Rooms : int.MaxValue);

    /// <summary>Each sentence names a key that cannot be used, and the remedy.</summary>
    public IEnumerable<string> Faults()
    {
        (string Key, double Value, double Min)[] numbers =
        [
            (nameof(Frame), Frame, 1024), (nameof(Text), Text, 1), (nameof(Rooms), Rooms, 1),
            (nameof(OperationsPerSecond), OperationsPerSecond, 0.01), (nameof(OperationsAtOnce), OperationsAtOnce, 1),
            (nameof(UserOperationsPerSecond), UserOperationsPerSecond, 0.01), (nameof(UserOperationsAtOnce), UserOperationsAtOnce, 1),
            (nameof(Warnings), Warnings, 1), (nameof(RoomsCreatedPerHour), RoomsCreatedPerHour, 1),
            (nameof(ConnectionsPerAddress), ConnectionsPerAddress, 1), (nameof(SignInsPerMinute), SignInsPerMinute, 1),
            (nameof(Outbox), Outbox, 65_536), (nameof(InFlight), InFlight, 1),
        ];
        foreach (var (key, value, min) in numbers)
        {
            if (value < min) yield return $"Chat:Limits:{key} is {value}; it must be at least {min}.";
        }

        (string Key, TimeSpan Value)[] times = [(nameof(Hello), Hello), (nameof(Ping), Ping)];
        foreach (var (key, value) in times)
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromHours(1)) yield return $"Chat:Limits:{key} is {value}; write a time up to an hour, such as 00:00:10.";
        }
    }
}
