using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Storage.Memory;
using OrleansChat.Users;

namespace OrleansChat.Tests.Storage;

/// <summary>The memory keeps messages as numbers and bytes, side by side: none may be taken for another.</summary>
public sealed class ManyInMemory
{
    private static readonly DateTimeOffset noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly UserId[] authors = [UserId.Parse("ada"), UserId.Parse("bob")];

    /// <summary>So many that some of them share a hash of 32 bits, whatever the process's seed is.</summary>
    private const int Posts = 300_000;

    [Fact]
    public async Task Each_post_is_found_by_its_author_and_key()
    {
        var storage = new MemoryStorage();
        await Fill(storage, Posts, i => "hi");
        for (var i = 0; i < Posts; i++)
        {
            var found = await storage.FindPost(RoomId.Lobby, authors[i % 2], KeyOf(i));
            Assert.Equal(i + 1, found!.Seq);
        }

        Assert.Null(await storage.FindPost(RoomId.Lobby, authors[1], KeyOf(0)));
        Assert.Null(await storage.FindPost(RoomId.Lobby, authors[0], KeyOf(Posts)));
    }

    [Fact]
    public async Task Each_text_comes_back_as_it_was_said()
    {
        var storage = new MemoryStorage();
        var texts = Enumerable.Range(0, 2_000).Select(i => string.Concat(Enumerable.Repeat("é😀~", i % 500)) + i).ToArray();
        texts[1_000] = new string('ü', 100_000); // more than any of the arrays that texts share
        await Fill(storage, texts.Length, i => texts[i]);
        var events = await storage.ReadEvents(RoomId.Lobby, 0, texts.Length);
        Assert.Equal(texts, events.Select(e => ((RoomEvent.Message)e).Text));
        Assert.Equal(Enumerable.Range(1, texts.Length), events.Select(e => (int)e.Seq));
    }

    private static async Task Fill(MemoryStorage storage, int posts, Func<int, string> text)
    {
        await storage.Open();
        var epoch = (await storage.OpenRoom(RoomId.Lobby)).Epoch;
        var entries = Enumerable.Range(0, posts).Select(i => new LogEntry(new RoomEvent.Message(text(i)) { Seq = i + 1, At = noon, By = authors[i % 2] }, KeyOf(i)));
        foreach (var batch in entries.Chunk(1_000))
        {
            Assert.IsType<AppendOutcome.Appended>(await storage.Append(new(RoomId.Lobby, epoch, batch[0].Event.Seq - 1, batch)));
        }
    }

    private static string KeyOf(int post) => $"key {post}";
}
