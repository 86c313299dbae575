using System.Text;
using OrleansChat.Rooms;
using OrleansChat.Storage.Sqlite;
using OrleansChat.Users;

namespace OrleansChat.Tests.Storage;

/// <summary>What is deleted is in no byte of <c>chat.db*</c> any more: no table, index, WAL or free page.</summary>
public sealed class SqliteErasure : IAsyncLifetime
{
    private static readonly UserId Ada = UserId.Parse("ada");
    private readonly SqlitePlace place = new();
    private readonly Random random = new(20261122);
    private readonly SqliteStorage storage;

    public SqliteErasure() => storage = new(place.File);

    public async ValueTask InitializeAsync() => await storage.Open();

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        await place.DisposeAsync();
    }

    [Fact]
    public async Task A_deleted_message_its_edits_and_its_words_are_in_no_byte()
    {
        var garden = await Create("garden");
        var kept = Secret();
        await garden.Says(Ada, kept);
        string[] secrets = [Secret(), Secret(), Secret()];
        var seq = await garden.Says(Ada, $"the {secrets[0]} is buried", "k");
        await garden.Append(Ada, new RoomEvent.Edited(seq, $"the {secrets[1]} is in {secrets[2]}"));
        Assert.Superset(secrets.Append(kept).ToHashSet(), Found([.. secrets, kept]));

        await garden.Append(Ada, new RoomEvent.Deleted(seq));
        Assert.Equal([kept], Found([.. secrets, kept]));
        await storage.DisposeAsync();
        Assert.Equal([kept], Found([.. secrets, kept]));
    }

    [Fact]
    public async Task A_destroyed_room_and_a_removed_account_are_in_no_byte()
    {
        string[] secrets = [Secret(), Secret(), Secret(), Secret(), Secret()];
        var garden = await Create("garden");
        await garden.Append(Ada, new RoomEvent.Configured(secrets[0], secrets[1], null, null));
        await garden.Says(Ada, secrets[2]);
        await storage.AddAccount(new(Ada, secrets[3], secrets[4], false, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));
        Assert.Equal(5, Found(secrets).Count);

        await storage.DestroyRoom(garden.Id, garden.Epoch);
        await storage.RemoveAccount(Ada);
        Assert.Empty(Found(secrets));
    }

    /// <summary>
    /// SQLite zeroes what is deleted, but not what it moved: a row that is moved between pages may leave a copy behind.
    /// A few rows never show that; some thousands do, where the schema lets texts be moved.
    /// </summary>
    [Fact]
    public async Task Thousands_of_messages_later_still_nothing_is_left()
    {
        var rooms = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Create($"room-{i}")));
        var texts = new Dictionary<(WrittenRoom Room, long Seq), List<string>>();
        for (var round = 0; round < 250; round++)
        {
            await Task.WhenAll(rooms.Select(Write));
        }

        var doomed = texts.Keys.Where(_ => random.Next(3) == 0).ToList();
        foreach (var chunk in doomed.Chunk(40))
        {
            await Task.WhenAll(chunk.GroupBy(m => m.Room).Select(async room =>
            {
                foreach (var (_, seq) in room) await room.Key.Append(Ada, new RoomEvent.Deleted(seq));
            }));
        }

        var gone = doomed.SelectMany(m => texts[m]).ToHashSet();
        Assert.Empty(Found(gone));
        var standing = texts.Where(t => !doomed.Contains(t.Key)).SelectMany(t => t.Value).ToHashSet();
        Assert.Equal(standing.Count, Found(standing).Count);

        async Task Write(WrittenRoom room)
        {
            string text, secret = Secret();
            lock (texts) text = secret + string.Concat(Enumerable.Repeat(" some more words", random.Next(20)));
            var seq = await room.Says(Ada, text);
            lock (texts) texts[(room, seq)] = [secret];
            if (seq % 5 != 0) return;
            var again = Secret();
            await room.Append(Ada, new RoomEvent.Edited(seq, $"{again} and {text[secret.Length..]} and more of it"));
            lock (texts) texts[(room, seq)].Add(again);
        }
    }

    [Fact]
    public async Task What_a_killed_process_left_in_the_WAL_is_gone_after_the_next_start()
    {
        var garden = await Create("garden");
        var secret = Secret();
        var seq = await garden.Says(Ada, secret);
        var left = Directory.CreateTempSubdirectory("chat-killed-");
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(place.File)!)) File.Copy(file, Path.Combine(left.FullName, Path.GetFileName(file)));

        await using (var next = new SqliteStorage(Path.Combine(left.FullName, "chat.db")))
        {
            await next.Open();
            var again = await WrittenRoom.Open(next, garden.Id, garden.Now);
            Assert.Equal(seq, again.Head);
            // Opening the room may have begun a new WAL; the old one's text is not in it.
            var wal = await File.ReadAllBytesAsync(Path.Combine(left.FullName, "chat.db-wal"));
            Assert.True(wal.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)) < 0);
        }

        left.Delete(recursive: true);
    }

    private async Task<WrittenRoom> Create(string id)
    {
        var room = new WrittenRoom(storage, RoomId.Parse(id), DateTimeOffset.UnixEpoch);
        await room.Append(Ada, new RoomEvent.Created(id, Visibility.Public));
        return room;
    }

    /// <summary>A word that is nowhere else.</summary>
    private string Secret()
    {
        lock (random) return new string(random.GetItems("abcdefghijklmnopqrstuvwxyz".AsSpan(), 16));
    }

    /// <summary>
    /// Those of which the disk has any trace. The index keeps only how a word differs from the one before it, so a part
    /// of eight letters is looked for, wherever it begins.
    /// </summary>
    private HashSet<string> Found(IReadOnlyCollection<string> secrets)
    {
        const int Part = 8;
        var parts = new HashSet<string>();
        foreach (var bytes in place.Bytes())
        {
            var text = Encoding.Latin1.GetString(bytes);
            var run = 0;
            for (var i = 0; i < text.Length; i++)
            {
                run = char.IsAsciiLetterLower(text[i]) ? run + 1 : 0;
                if (run >= Part) parts.Add(text.Substring(i + 1 - Part, Part));
            }
        }

        return [.. secrets.Where(s => Enumerable.Range(0, s.Length + 1 - Part).Any(i => parts.Contains(s.Substring(i, Part))))];
    }
}
