using OrleansChat.Rooms;
using OrleansChat.Tests.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Operations;

/// <summary>
/// Everybody whom the table of rights names, connected to one server; and rooms written straight into its storage in
/// which each is what they are. All of them, also those who are outside now, once said something there.
/// </summary>
public sealed class Cast : ChatServer, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, Person> people = [];

    /// <summary>A member who is not connected.</summary>
    public string Dan { get; private set; } = "";

    /// <summary>Somebody who has never been in any room.</summary>
    public string Fay { get; private set; } = "";

    public Person this[string who] => people[who is "outsider" ? "stranger" : who];

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        people["owner"] = await Enter("ada");
        people["moderator"] = await Enter("bob");
        people["member"] = await Enter("cleo");
        people["guest"] = await EnterAsGuest("Gus");
        people["stranger"] = await EnterAsGuest("Gil");
        people["banned"] = await Enter("eve");
        people["admin"] = await Enter("root", admin: true);
        (Dan, Fay) = ((await Account("dan")).Id, (await Account("fay")).Id);
    }

    /// <summary>A room of the owner's, and the messages in it by their authors.</summary>
    public async Task<(string Room, IReadOnlyDictionary<string, long> Messages)> NewRoom(Visibility visibility)
    {
        var room = await WrittenRoom.Open(Storage, RoomId.Parse(NameLike("den")), Noon);
        var owner = UserId.Parse(people["owner"].Id);
        await room.Append(owner, new RoomEvent.Created("Den", visibility));
        var messages = new Dictionary<string, long>();
        foreach (var id in people.Values.Select(person => person.Id).Append(Dan))
        {
            if (id != owner.Value) await room.Append(UserId.Parse(id), new RoomEvent.Joined());
            messages[id] = await room.Says(UserId.Parse(id), "A pelican", key: "key");
        }

        await room.Append(owner, new RoomEvent.RoleGiven(UserId.Parse(people["moderator"].Id), Role.Moderator));
        await room.Append(owner, new RoomEvent.Banned(UserId.Parse(people["banned"].Id), null));
        foreach (var who in new[] { "stranger", "admin" }) await room.Append(UserId.Parse(people[who].Id), new RoomEvent.Left());
        return (room.Id.Value, messages);
    }

    /// <summary>The direct room of the owner and somebody new.</summary>
    public async Task<(string Room, IReadOnlyDictionary<string, long> Messages)> NewDirectRoom()
    {
        var (owner, other) = (UserId.Parse(people["owner"].Id), UserId.Parse((await Account("zoe")).Id));
        var room = await WrittenRoom.Open(Storage, RoomId.Direct(owner, other), Noon);
        await room.Append(owner, new RoomEvent.Created(room.Id.Value, Visibility.Private));
        await room.Append(owner, new RoomEvent.Invited(other));
        var messages = new Dictionary<string, long>
        {
            [owner.Value] = await room.Says(owner, "A pelican"),
            [Dan] = await room.Says(other, "A heron"),
        };
        return (room.Id.Value, messages);
    }
}
