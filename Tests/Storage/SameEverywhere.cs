using System.Text.Json;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Storage;

/// <summary>The three storages are told the same random story, and asked the same questions: they must agree.</summary>
public sealed class SameEverywhere
{
    private static readonly UserId[] People = [.. new[] { "ada", "bob", "cleo", "dan" }.Select(id => UserId.Parse(id))];
    private static readonly string[] Words = ["rose", "Rose", "ROSES", "Straße", "straße", "été", "ete", "東京", "42", "o'clock", "a_b", "x-y", "👍", "Σας", "ΣΑΣ", "ı", "İ", "i"];
    private static readonly string[] Emoji = ["👍", "🎉"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_same_story_gives_the_same_answers(int seed)
    {
        Place[] places = [new SqlitePlace(), new PostgresPlace(), new MemoryPlace()];
        var storages = new List<IStorage>();
        foreach (var place in places)
        {
            storages.Add(await place.Storage());
            await storages[^1].Open();
        }

        var random = new Random(seed);
        foreach (var id in new[] { "garden", "kitchen", "dm:ada+bob" }) await Tell(random, storages, RoomId.Parse(id));
        foreach (var user in People) await Ask(random, storages, user);

        foreach (var storage in storages) await storage.DisposeAsync();
        foreach (var place in places) await place.DisposeAsync();
    }

    private static async Task Tell(Random random, List<IStorage> storages, RoomId id)
    {
        var rooms = storages.Select(s => new WrittenRoom(s, id, DateTimeOffset.UnixEpoch)).ToList();
        var standing = new List<long> { 2 };
        await All([new(new RoomEvent.Created(id.Value, Visibility.Private) { By = People[0] }), new(new RoomEvent.Message("rose") { By = People[0] })]);
        for (var i = 0; i < 60; i++)
        {
            var before = rooms[0].Head;
            await All([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Entry(random, standing))]);
            standing.AddRange(rooms[0].Events.OfType<RoomEvent.Message>().Select(m => m.Seq).Where(seq => seq > before));
        }

        async Task All(LogEntry[] entries)
        {
            foreach (var room in rooms)
            {
                var at = room.Now.AddSeconds(1);
                Assert.IsType<AppendOutcome.Appended>(await room.TryAppend([.. entries.Select(e => e with { Event = e.Event with { At = at } })]));
            }
        }
    }

    private static LogEntry Entry(Random random, List<long> standing)
    {
        var (by, other, target) = (Any(random, People), Any(random, People), standing[random.Next(standing.Count)]);
        RoomEvent e = random.Next(20) switch
        {
            < 8 => new RoomEvent.Message(Text(random), random.Next(4) == 0 ? target : null),
            < 10 => new RoomEvent.Edited(target, Text(random)),
            10 when standing.Count > 1 => new RoomEvent.Deleted(target),
            < 14 => new RoomEvent.Reacted(target, Any(random, Emoji), random.Next(3) > 0),
            14 => new RoomEvent.Joined(),
            15 => new RoomEvent.Left(),
            16 => new RoomEvent.Invited(other),
            17 => random.Next(2) == 0 ? new RoomEvent.Banned(other, "why") : new RoomEvent.Unbanned(other),
            18 => new RoomEvent.RoleGiven(other, (Role)random.Next(3)),
            _ => new RoomEvent.Configured(random.Next(2) == 0 ? Text(random) : null, Text(random), null, random.Next(2) * 20),
        };
        if (e is RoomEvent.Deleted) standing.Remove(target);
        return new(e with { By = by }, e is RoomEvent.Message ? Guid.NewGuid().ToString("N") : null, random.Next(3) == 0 ? [other] : null);
    }

    private static string Text(Random random) => string.Join(' ', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Any(random, Words)));

    private static T Any<T>(Random random, T[] of) => of[random.Next(of.Length)];

    private static async Task Ask(Random random, List<IStorage> storages, UserId user)
    {
        await Same(s => s.RoomsOf(user));
        await Same(s => s.MessagesBy(user));
        await Same(s => s.ListRooms(user, false, "straSSe", null, 10));
        await Same(s => s.ListRooms(user, true, null, null, 10));
        foreach (var room in new[] { "garden", "kitchen", "dm:ada+bob" }.Select(id => RoomId.Parse(id)))
        {
            await Same(s => s.ReadEvents(room, 0, 1000));
            await Same(s => s.History(room, new(Limit: 200)));
            await Same(s => s.History(room, new(Before: 50, Limit: 10)));
            await Same(async s => (await s.Messages(room, [1, 2, 3, 4, 5, 6, 7, 8, 9])).OrderBy(m => m.Key).ToList());
            await Same(async s => (await s.OpenRoom(room)) is var (epoch, state)
                ? (epoch, state with { Members = [], Bans = [] }, state.Members.OrderBy(m => m.Key.Value).ToList(), state.Bans.OrderBy(b => b.Value).ToList())
                : default);
        }

        foreach (var query in Words.Concat(Enumerable.Range(0, 20).Select(_ => Text(random))))
        {
            await Same(async s => (query, await s.Search(user, new(query, Limit: 100))));
            await Same(async s => (query, await s.Search(user, new(query[..1], RoomId.Parse("garden"), Limit: 3))));
        }

        async Task Same<T>(Func<IStorage, Task<T>> question)
        {
            var answers = new List<string>();
            foreach (var storage in storages) answers.Add(JsonSerializer.Serialize(await question(storage), Fields));
            Assert.Equal(answers[0], answers[1]);
            Assert.Equal(answers[0], answers[2]);
        }
    }

    private static readonly JsonSerializerOptions Fields = new() { IncludeFields = true };
}
