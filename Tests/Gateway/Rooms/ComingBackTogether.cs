using OrleansChat.Gateway.Rooms;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Storage.Memory;
using OrleansChat.Tests.Conformance;
using OrleansChat.Tests.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Rooms;

/// <summary>A crowd that comes back to a room reads its log together.</summary>
public sealed class ComingBackTogether : IAsyncLifetime
{
    private static readonly UserId Ada = UserId.Parse("ada");

    private readonly FaultyStorage storage = new(new MemoryStorage());
    private WrittenRoom room = null!;
    private LogReads log = null!;

    public async ValueTask InitializeAsync()
    {
        await storage.Open();
        room = await WrittenRoom.Open(storage, RoomId.Parse("den"), DateTimeOffset.UtcNow);
        await room.Append(Ada, new RoomEvent.Created("Den", Visibility.Public));
        await room.Says(Ada, "The key is under the mat");
        log = new(room.Id, storage);
    }

    [Fact]
    public async Task Those_who_come_while_a_page_is_read_share_the_next_read_and_its_frames()
    {
        var held = storage.HoldNextEvents();
        var first = log.After(1);
        await held.Reached;
        var crowd = Enumerable.Range(0, 100).Select(_ => log.After(1)).ToList();
        var other = await log.After(0).WaitAsync(ChatServer.Patience); // another place in the log waits for nobody
        held.Release();

        var page = await crowd[0].WaitAsync(ChatServer.Patience);
        Assert.All(await Task.WhenAll(crowd), theirs => Assert.Same(page, theirs));
        Assert.Equal((2L, 2L), (page.Events.Single().Seq, page.Frames.Single().Last));
        Assert.Equal([1L, 2L], other.Events.Select(e => e.Seq));
        Assert.NotSame(page, await first);
        Assert.Equal(3, storage.Asked(nameof(IStorage.ReadEvents)));
    }

    [Fact]
    public async Task Nobody_is_told_a_text_that_was_erased_before_they_came()
    {
        var held = storage.HoldNextEvents();
        var early = log.After(1);
        await held.Reached;
        await room.Append(Ada, new RoomEvent.Deleted(2));
        var late = log.After(1);
        held.Release();
        Assert.Equal("The key is under the mat", ((RoomEvent.Message)(await early.WaitAsync(ChatServer.Patience)).Events[0]).Text);
        Assert.Null(((RoomEvent.Message)(await late.WaitAsync(ChatServer.Patience)).Events[0]).Text);
    }

    [Fact]
    public async Task Where_the_storage_is_away_all_hear_so_and_the_next_read_is_a_new_one()
    {
        var held = storage.HoldNextEvents();
        var first = log.After(1);
        await held.Reached;
        var second = log.After(1);
        storage.RefuseNext(nameof(IStorage.ReadEvents));
        held.Release();
        await first.WaitAsync(ChatServer.Patience);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => second);
        Assert.Single((await log.After(1).WaitAsync(ChatServer.Patience)).Events);
    }

    public ValueTask DisposeAsync() => storage.DisposeAsync();
}
