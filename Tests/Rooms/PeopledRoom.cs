using OrleansChat.Rooms;
using static OrleansChat.Tests.Rooms.Scene;

namespace OrleansChat.Tests.Rooms;

/// <summary>
/// A room with two of each kind, so that one can act and the other be acted upon. All of them, also those who are
/// outside now, once said something in it.
/// </summary>
internal sealed class PeopledRoom
{
    private readonly Dictionary<string, Actor> _actors = new()
    {
        ["owner"] = Ada,
        ["moderator"] = Bob,
        ["member"] = Cleo,
        ["stranger"] = Dan,
        ["outsider"] = Dan,
        ["banned"] = Person("eve"),
        ["admin"] = Root,
    };

    private readonly Dictionary<string, Actor> _others = new()
    {
        ["owner"] = Person("other-owner"),
        ["moderator"] = Person("other-moderator"),
        ["member"] = Person("other-member"),
        ["stranger"] = Person("other-stranger"),
        ["banned"] = Person("other-banned"),
        ["nobody"] = Person("nobody"),
    };

    private readonly Dictionary<Actor, long> _messages = [];

    public PeopledRoom(Visibility visibility)
    {
        Scene = AdasRoom();
        var people = _actors.Values.Concat(_others.Values).Distinct().Where(p => p != _others["nobody"]).ToList();
        foreach (var person in people)
        {
            Scene.Knows(person);
            if (person != Ada) Scene.Happens(person, new RoomCommand.Join());
            _messages[person] = Scene.Says(person, "I was here");
        }

        Scene.GivesRole(Ada, _actors["moderator"], Role.Moderator);
        Scene.GivesRole(Ada, _others["moderator"], Role.Moderator);
        Scene.GivesRole(Ada, _others["owner"], Role.Owner);
        foreach (var person in new[] { Dan, _others["stranger"], Root }) Scene.Happens(person, new RoomCommand.Leave());
        foreach (var person in new[] { _actors["banned"], _others["banned"] }) Scene.Happens(Ada, new RoomCommand.Ban(person.Id, null));
        if (visibility is Visibility.Private) Scene.Happens(Ada, new RoomCommand.Configure(null, null, visibility, null));
    }

    public Scene Scene { get; }

    /// <summary>What becomes of a command, in one word.</summary>
    public string Outcome(string who, string command)
    {
        var actor = _actors[who];
        return command switch
        {
            "see" => Word(RoomRules.Hidden(Scene.Room, actor)),
            "take part" => Word(RoomRules.NotAmongMembers(Scene.Room, actor)),
            _ => Word(Scene.Decide(actor, Command(actor, command))),
        };
    }

    private RoomCommand Command(Actor actor, string command)
    {
        var words = command.Split(' ');
        var other = words.Length > 1 ? _others.GetValueOrDefault(words[1], actor) : actor;
        return words[0] switch
        {
            "create" => new RoomCommand.Create("Den", null, Visibility.Public),
            "join" => new RoomCommand.Join(),
            "leave" => new RoomCommand.Leave(),
            "post" => Scene.Post("Hello"),
            "reply" => Scene.Post("Hello", _messages[Ada]),
            "react" => new RoomCommand.React(_messages[Ada], "👍", true),
            "edit" => new RoomCommand.Edit(_messages[other], "I am here"),
            "delete" => new RoomCommand.Delete(_messages[other]),
            "invite" => new RoomCommand.Invite(other.Id),
            "kick" => new RoomCommand.Kick(other.Id, "Enough"),
            "ban" => new RoomCommand.Ban(other.Id, null),
            "unban" => new RoomCommand.Unban(other.Id),
            "make-member" => new RoomCommand.GiveRole(other.Id, Role.Member),
            "make-moderator" => new RoomCommand.GiveRole(other.Id, Role.Moderator),
            "make-owner" => new RoomCommand.GiveRole(other.Id, Role.Owner),
            "set" when words[1] is "name" => new RoomCommand.Configure("Lair", null, null, null),
            "set" when words[1] is "topic" => new RoomCommand.Configure(null, "Tea", null, null),
            "set" when words[1] is "slow" => new RoomCommand.Configure(null, null, null, 60),
            "set" => new RoomCommand.Configure(null, null, Scene.Room.Visibility is Visibility.Public ? Visibility.Private : Visibility.Public, null),
            "destroy" => new RoomCommand.Destroy(),
            _ => throw new ArgumentException($"There is no command '{command}'.", nameof(command)),
        };
    }
}
