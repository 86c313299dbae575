using System.Text.Json;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Rooms;

/// <summary>A room before the rules: tests send people in, and let them ask for things.</summary>
internal sealed class Scene
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly Actor Ada = Person("ada");
    public static readonly Actor Bob = Person("bob");
    public static readonly Actor Cleo = Person("cleo");
    public static readonly Actor Dan = Person("dan");
    public static readonly Actor Root = Person("root") with { Admin = true };

    private int _keys;

    private Scene(RoomState room) => Room = room;

    public RoomState Room { get; set; }

    public DateTimeOffset Now { get; set; } = Noon;

    public RoomLimits Limits { get; set; } = new();

    public List<RoomEvent> Log { get; } = [];

    public static Actor Person(string id) => new(UserId.Parse(id));

    /// <summary>A room that nobody created.</summary>
    public static Scene Absent(RoomId id) => new(RoomState.Absent(id));

    /// <summary>A public room of Ada's.</summary>
    public static Scene AdasRoom(params Actor[] members)
    {
        var scene = Absent(RoomId.Parse("den"));
        scene.Happens(Ada, new RoomCommand.Create("Den", null, Visibility.Public));
        foreach (var member in members) scene.Happens(member, new RoomCommand.Join());
        return scene;
    }

    /// <summary>The direct room of Ada and Bob, opened by Ada.</summary>
    public static Scene AdaAndBob()
    {
        var scene = Absent(RoomId.Direct(Ada.Id, Bob.Id));
        scene.Knows(Bob);
        scene.Happens(Ada, new RoomCommand.OpenDirect(Bob.Id));
        return scene;
    }

    public void Knows(Actor person, int rooms = 1) => Room = Room with
    {
        KnownPeople = Room.KnownPeople.SetItem(person.Id, new PersonFact(true, rooms)),
    };

    public Decision Decide(Actor actor, RoomCommand command) => RoomRules.Decide(Room, actor, command, Now, Limits);

    /// <summary>It must happen, and it does.</summary>
    public IReadOnlyList<RoomEvent> Happens(Actor actor, RoomCommand command)
    {
        var events = Assert.IsType<Decision.Happened>(Decide(actor, command)).Events;
        Room = events.Aggregate(Room, (room, e) => room.Apply(e));
        Log.AddRange(events);
        return events;
    }

    /// <summary>It must be refused; here is why.</summary>
    public Refusal Refused(Actor actor, RoomCommand command) => Assert.IsType<Decision.Refused>(Decide(actor, command)).Refusal;

    public void Unchanged(Actor actor, RoomCommand command) => Assert.IsType<Decision.Unchanged>(Decide(actor, command));

    public long Says(Actor actor, string text, long? reply = null) => Happens(actor, Post(text, reply))[0].Seq;

    public RoomCommand.Post Post(string text, long? reply = null) => new(text, $"key-{++_keys}", reply);

    public void GivesRole(Actor actor, Actor user, Role role) => Happens(actor, new RoomCommand.GiveRole(user.Id, role));

    /// <summary>A decision in one word: <c>ok</c>, <c>same</c>, <c>erased</c>, or the code of the refusal.</summary>
    public static string Word(Decision decision) => decision switch
    {
        Decision.Happened => "ok",
        Decision.Unchanged => "same",
        Decision.Erased => "erased",
        Decision.Refused refused => Word(refused.Refusal),
        _ => throw new ArgumentOutOfRangeException(nameof(decision)),
    };

    public static string Word(Refusal? refusal) =>
        refusal is null ? "ok" : JsonNamingPolicy.SnakeCaseLower.ConvertName(refusal.Code.ToString());
}
