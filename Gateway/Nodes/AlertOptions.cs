using System.Globalization;
using OrleansChat.Nodes;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Nodes;

/// <summary>The section <c>Chat:Alerts</c>: what of the nodes is told in a room. A threshold of 0 tells nothing. The same on every node.</summary>
public sealed class AlertOptions
{
    /// <summary>The id of the room. While there is none, nothing is told. One that does not exist is made, private.</summary>
    public string? Room { get; set; }

    /// <summary>The id of the account that posts. It is made, without a password.</summary>
    public string Author { get; set; } = "node-alerts";

    /// <summary>Running and waiting tasks for each core, averaged over five minutes.</summary>
    public double Load { get; set; } = 2;

    /// <summary>The share of memory that is still available, 0 to 1.</summary>
    public double Memory { get; set; } = 0.1;

    /// <summary>Degrees Celsius.</summary>
    public double Temperature { get; set; } = 85;

    /// <summary>Whether a disk's error is told.</summary>
    public bool DiskErrors { get; set; } = true;

    /// <summary>Silence after which a node's loss is told: longer than a restart takes.</summary>
    public TimeSpan Lost { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Absent where nothing is to be told.</summary>
    public AlertSettings? Settings => string.IsNullOrEmpty(Room) ? null : new(RoomId.Parse(Room), UserId.Parse(Author), new(
        Load: Load > 0 ? Load : null,
        Memory: Memory > 0 ? Memory : null,
        Temperature: Temperature > 0 ? Temperature : null,
        DiskErrors: DiskErrors,
        Lost: Lost > TimeSpan.Zero ? Lost : null));

    /// <summary>Each sentence names a key that cannot be used, and the remedy.</summary>
    internal IEnumerable<string> Faults()
    {
        if (!string.IsNullOrEmpty(Room) && !(RoomId.TryParse(Room, null, out var room) && !room.IsDirect))
        {
            yield return $"Chat:Alerts:Room is '{Room}', which is no id of a room; write small letters, digits and hyphens, such as alerts.";
        }

        if (!UserId.TryParse(Author, null, out var author) || author.IsGuest)
        {
            yield return $"Chat:Alerts:Author is '{Author}', which is no id of an account; write small letters, digits and hyphens, such as node-alerts.";
        }

        foreach (var (key, value, max) in new[] { (nameof(Load), Load, 1_000d), (nameof(Memory), Memory, 1), (nameof(Temperature), Temperature, 200) })
        {
            if (!(value >= 0 && value <= max)) yield return string.Create(CultureInfo.InvariantCulture, $"Chat:Alerts:{key} is {value}; it must be from 0 (which tells nothing) to {max}.");
        }

        if (Lost != TimeSpan.Zero && (Lost < NodeMetrics.Silence || Lost >= NodeMetrics.Forgotten))
        {
            yield return $"Chat:Alerts:Lost is {Lost}; write 0 (which tells nothing) or a time from 00:00:10 to 00:59:59.";
        }
    }
}
