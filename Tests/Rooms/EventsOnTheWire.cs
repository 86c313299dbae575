using System.Text.Json;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Rooms;

/// <summary>The JSON of each kind of event, letter by letter: clients and logs depend on it.</summary>
public sealed class EventsOnTheWire
{
    private static readonly UserId Bob = UserId.Parse("bob");

    public static TheoryData<RoomEvent, string> Kinds => new()
    {
        { new RoomEvent.Created("Den", Visibility.Private, "Tea"), """{"kind":"created",#,"name":"Den","visibility":"private","topic":"Tea"}""" },
        { new RoomEvent.Created("Den", Visibility.Public), """{"kind":"created",#,"name":"Den","visibility":"public"}""" },
        { new RoomEvent.Joined(), """{"kind":"joined",#}""" },
        { new RoomEvent.Left(), """{"kind":"left",#}""" },
        { new RoomEvent.Invited(Bob), """{"kind":"invited",#,"user":"bob"}""" },
        { new RoomEvent.Kicked(Bob, "Shouting"), """{"kind":"kicked",#,"user":"bob","reason":"Shouting"}""" },
        { new RoomEvent.Kicked(Bob, null), """{"kind":"kicked",#,"user":"bob"}""" },
        { new RoomEvent.Banned(Bob, "Shouting"), """{"kind":"banned",#,"user":"bob","reason":"Shouting"}""" },
        { new RoomEvent.Unbanned(Bob), """{"kind":"unbanned",#,"user":"bob"}""" },
        { new RoomEvent.RoleGiven(Bob, Role.Moderator), """{"kind":"role",#,"user":"bob","role":"moderator"}""" },
        { new RoomEvent.Configured("Lair", "", Visibility.Public, 0), """{"kind":"configured",#,"name":"Lair","topic":"","visibility":"public","slow":0}""" },
        { new RoomEvent.Configured(null, null, null, 5), """{"kind":"configured",#,"slow":5}""" },
        { new RoomEvent.Message("<b>“Tea?”</b> 👍\n", 2), """{"kind":"message",#,"text":"<b>“Tea?”</b> 👍\n","reply":2}""" },
        { new RoomEvent.Message("Tea"), """{"kind":"message",#,"text":"Tea"}""" },
        { new RoomEvent.Message(null) { Erased = true }, """{"kind":"message",#,"deleted":true}""" },
        { new RoomEvent.Edited(3, "Cake"), """{"kind":"edited",#,"target":3,"text":"Cake"}""" },
        { new RoomEvent.Edited(3, null) { Erased = true }, """{"kind":"edited",#,"target":3,"deleted":true}""" },
        { new RoomEvent.Deleted(3), """{"kind":"deleted",#,"target":3}""" },
        { new RoomEvent.Reacted(3, "👍", false), """{"kind":"reacted",#,"target":3,"emoji":"👍","on":false}""" },
    };

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void Each_kind_has_its_shape_and_reads_back(RoomEvent happened, string shape)
    {
        var e = happened with { Seq = 7, At = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero), By = UserId.Parse("ada") };
        var json = JsonSerializer.Serialize(e, ChatJson.Wire.RoomEvent);
        // The relaxed encoder still escapes what lies beyond the first plane; both spellings are the same JSON.
        Assert.Equal(shape.Replace("#", "\"seq\":7,\"at\":\"2026-11-22T09:00:00.000Z\",\"by\":\"ada\""), json.Replace("\\uD83D\\uDC4D", "👍"));
        Assert.Equal(e, JsonSerializer.Deserialize(json, ChatJson.Wire.RoomEvent));
        Assert.Equal(json, ChatJson.Text(e));
    }

    [Fact]
    public void Every_kind_is_among_them() => Assert.Equal(
        typeof(RoomEvent).GetNestedTypes().Select(t => t.Name).Order(),
        Kinds.Select(row => row.Data.Item1.GetType().Name).Distinct().Order());

    [Theory]
    [InlineData(0, "2026-11-22T09:00:00.000Z")]
    [InlineData(9_999, "2026-11-22T09:00:00.000Z")]
    [InlineData(10_000, "2026-11-22T09:00:00.001Z")]
    [InlineData(9_870_000, "2026-11-22T09:00:00.987Z")]
    public void Times_have_milliseconds_and_are_utc(long ticks, string expected)
    {
        var at = new DateTimeOffset(2026, 11, 22, 14, 30, 0, TimeSpan.FromHours(5.5)).AddTicks(ticks);
        var json = JsonSerializer.Serialize(new RoomEvent.Joined { At = at }, ChatJson.Wire.RoomEvent);
        Assert.Contains($"\"at\":\"{expected}\"", json);
    }

    [Fact]
    public void Unknown_fields_are_passed_over()
    {
        const string json = """{"kind":"left","seq":2,"colour":{"of":["hair"]},"at":"2026-11-22T09:00:00.000Z","by":"ada"}""";
        Assert.Equal(2, JsonSerializer.Deserialize(json, ChatJson.Wire.RoomEvent)?.Seq);
    }

    [Theory]
    [InlineData("""{"kind":"left","seq":2,"by":"Ada"}""")]
    [InlineData("""{"kind":"role","seq":2,"by":"ada","user":"bob","role":"king"}""")]
    [InlineData("""{"kind":"role","seq":2,"by":"ada","user":"bob","role":2}""")]
    [InlineData("""{"kind":"exploded","seq":2,"by":"ada"}""")]
    public void What_is_no_event_does_not_read(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ChatJson.Wire.RoomEvent));
}
