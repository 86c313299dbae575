using OrleansChat.Gateway.Operations;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Rooms;

/// <summary>A room's news as frames, each encoded once for all who get it.</summary>
internal static class EventFrames
{
    /// <summary>Of text in one frame: a reader gets on with what has come.</summary>
    public const int MaxText = 48 * 1024;

    /// <summary>Events as frames of a bounded size, in order; with each the number of its last event.</summary>
    public static List<(ReadOnlyMemory<byte> Frame, long Last)> Events(RoomId room, IReadOnlyList<RoomEvent> events)
    {
        var frames = new List<(ReadOnlyMemory<byte>, long)>(1);
        for (var start = 0; start < events.Count;)
        {
            var (end, size) = (start, 0);
            do size += Size(events[end++]);
            while (end < events.Count && size + Size(events[end]) <= MaxText);

            frames.Add((Frame(room, events, start, end), events[end - 1].Seq));
            start = end;
        }

        return frames;
    }

    /// <summary><c>{"ev":"events","room":"lobby","events":[…]}</c></summary>
    private static ReadOnlyMemory<byte> Frame(RoomId room, IReadOnlyList<RoomEvent> events, int start, int end) =>
        Frames.Json((room, events, start, end), static (json, it) =>
        {
            json.WriteStartObject();
            json.WriteString("ev"u8, "events"u8);
            json.WriteString("room"u8, it.room.Value);
            json.WriteStartArray("events"u8);
            for (var i = it.start; i < it.end; i++) ChatJson.Write(json, it.events[i]);
            json.WriteEndArray();
            json.WriteEndObject();
        });

    /// <summary>As many of the events as go into one frame.</summary>
    public static IReadOnlyList<RoomEvent> FirstFrame(IReadOnlyList<RoomEvent> events)
    {
        var size = 0;
        return [.. events.TakeWhile((e, i) => (size += Size(e)) <= MaxText || i == 0)];
    }

    public static ReadOnlyMemory<byte> Presence(RoomId room, IReadOnlyList<UserId> online, IReadOnlyList<UserId> offline, int? count) =>
        Frames.Json(count is null ? new PresencePush(room, online, offline, null) : new PresencePush(room, null, null, count), WireJson.Wire.PresencePush);

    public static ReadOnlyMemory<byte> Typing(RoomId room, UserId user) => Frames.Json(new TypingPush(room, user), WireJson.Wire.TypingPush);

    public static ReadOnlyMemory<byte> Read(RoomId room, UserId user, long seq) => Frames.Json(new ReadPush(room, user, seq), WireJson.Wire.ReadPush);

    public static ReadOnlyMemory<byte> Gone(RoomId room) => Frames.Json(new GonePush(room), WireJson.Wire.GonePush);

    public static ReadOnlyMemory<byte> Notice(string kind, RoomId room, RoomEvent e) =>
        Frames.Json(new NoticePush(kind, room, e.Seq, e.By), WireJson.Wire.NoticePush);

    /// <summary>About how many bytes events take.</summary>
    public static int Size(IReadOnlyList<RoomEvent> events)
    {
        var size = 0;
        for (var i = 0; i < events.Count; i++) size += Size(events[i]);
        return size;
    }

    /// <summary>How many bytes frames take.</summary>
    public static long Size(List<(ReadOnlyMemory<byte> Frame, long Last)> frames)
    {
        var size = 0L;
        foreach (var (frame, _) in frames) size += frame.Length;
        return size;
    }

    private static int Size(RoomEvent e) => 128 + 3 * e switch
    {
        RoomEvent.Message m => m.Text?.Length ?? 0,
        RoomEvent.Edited d => d.Text?.Length ?? 0,
        _ => 0,
    };
}
