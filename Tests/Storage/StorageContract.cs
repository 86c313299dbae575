using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Storage;

/// <summary>What every storage promises: written once, run on each. This part is only the stage.</summary>
public abstract class StorageContract(Place place) : IAsyncLifetime
{
    protected static readonly UserId Ada = UserId.Parse("ada");
    protected static readonly UserId Bob = UserId.Parse("bob");
    protected static readonly UserId Cleo = UserId.Parse("cleo");
    protected static readonly UserId Dan = UserId.Parse("dan");
    protected static readonly RoomId Garden = RoomId.Parse("garden");
    protected static readonly RoomId Kitchen = RoomId.Parse("kitchen");
    protected static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    protected Place Place => place;

    protected IStorage Storage { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Storage = await place.Storage();
        await Storage.Open();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Storage is not null) await Storage.DisposeAsync();
        await place.DisposeAsync();
    }

    /// <summary>A new room of Ada's.</summary>
    protected async Task<WrittenRoom> Create(RoomId room, Visibility visibility = Visibility.Public, string? name = null, string? topic = null)
    {
        var written = new WrittenRoom(Storage, room, Noon);
        await written.Append(Ada, new RoomEvent.Created(name ?? room.Value, visibility, topic));
        return written;
    }

    protected Task AddAccount(UserId user, string? name = null) =>
        Storage.AddAccount(new(user, name ?? user.Value, "hash", false, Noon, Noon));

    protected async Task<IReadOnlyList<MessageView>> History(RoomId room) => (await Storage.History(room, new(Limit: 200))).Messages;
}
