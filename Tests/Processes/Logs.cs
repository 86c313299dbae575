using System.Text.Json;
using OrleansChat.Client;
using OrleansChat.Rooms;
using OrleansChat.Storage;

namespace OrleansChat.Tests.Processes;

/// <summary>The logs of rooms, read back: directly from storage, and over the wire.</summary>
internal static class Logs
{
    private const int Page = 1000;
    private const int HistoryPage = 200; // the protocol's largest

    /// <summary>From storage itself, with no server in between, in the wire's own shape.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<ChatEvent>>> InStorage(string storage, IEnumerable<string> rooms)
    {
        var logs = new Dictionary<string, IReadOnlyList<ChatEvent>>();
        await using var opened = Storages.Create(storage);
        await opened.Open();
        foreach (var room in rooms)
        {
            var log = new List<ChatEvent>();
            while (await opened.ReadEvents(RoomId.Parse(room), log.Count, Page) is { Count: > 0 } events) log.AddRange(OnTheWire(events));
            logs[room] = log;
        }

        return logs;
    }

    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<ChatEvent> OnTheWire(IEnumerable<RoomEvent> events) =>
        [.. events.Select(e => JsonSerializer.Deserialize<ChatEvent>(JsonSerializer.SerializeToUtf8Bytes(e, ChatJson.Wire.RoomEvent), Camel)!)];

    /// <summary>A room's messages over the wire, page by page from the first one.</summary>
    public static async Task<IReadOnlyList<ChatMessage>> History(ChatClient reader, string room)
    {
        var messages = new List<ChatMessage>();
        for (var more = true; more;)
        {
            var after = messages.Count > 0 ? messages[^1].Seq : 0;
            var page = await reader.Ask(connection => connection.History(room, after: after, limit: HistoryPage));
            messages.AddRange(page.Messages);
            more = page.More;
        }

        return messages;
    }
}
