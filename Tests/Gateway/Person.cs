using OrleansChat.Client;

namespace OrleansChat.Tests.Gateway;

/// <summary>Somebody connected and well-behaved. Waiting for a piece of news passes over others, which stay in <see cref="Seen"/>.</summary>
public sealed class Person : IAsyncDisposable
{
    private readonly ChatServer server;

    private Person(ChatServer server, ChatConnection chat, HelloAnswer welcome, string token) =>
        (this.server, Chat, Welcome, Token) = (server, chat, welcome, token);

    public static async Task<Person> Enter(
        ChatServer server, string? token = null, string? guest = null, IReadOnlyDictionary<string, long>? resume = null, ConnectOptions? options = null)
    {
        var chat = await ChatConnection.Connect(server.Socket, options).WaitAsync(ChatServer.Patience);
        try
        {
            var welcome = await chat.Hello(token, guest, resume).WaitAsync(ChatServer.Patience);
            return new(server, chat, welcome, token ?? welcome.Token!);
        }
        catch
        {
            await chat.DisposeAsync();
            throw;
        }
    }

    public ChatConnection Chat { get; }

    public HelloAnswer Welcome { get; }

    public string Token { get; }

    public string Id => Welcome.User.Id;

    /// <summary>All news so far that somebody here waited for or passed over.</summary>
    public List<ChatPush> Seen { get; } = [];

    public IEnumerable<ChatEvent> SeenOf(string room) =>
        Seen.OfType<ChatPush.Events>().Where(events => events.Room == room).SelectMany(events => events.List);

    /// <summary>The same person a second time, by the same token.</summary>
    public Task<Person> Again(IReadOnlyDictionary<string, long>? resume = null) => Enter(server, Token, resume: resume);

    /// <summary>What hello says of a room now.</summary>
    public async Task<RoomEntry> Entry(string room)
    {
        await using var again = await Again();
        return again.Welcome.Rooms.Single(entry => entry.Room == room);
    }

    /// <summary>A new room of theirs; the answer to <c>create</c> and the room's own news have come.</summary>
    public async Task<string> NewRoom(string? visibility = null)
    {
        var room = server.NameLike("den");
        await Chat.Create(room, visibility: visibility).WaitAsync(ChatServer.Patience);
        await EventsUpTo(room, 1);
        return room;
    }

    /// <summary>Joins and has all that the answer promised.</summary>
    public async Task<JoinAnswer> Join(string room, long? since = null) => await Chat.Join(room, since).WaitAsync(ChatServer.Patience);

    public async Task<long> Say(string room, string text, string? key = null) => (await Chat.Post(room, text, key).WaitAsync(ChatServer.Patience)).Seq;

    /// <summary>What an operation comes to, in one word: <c>ok</c>, or the code of its refusal.</summary>
    public async Task<string> Word(Func<ChatConnection, Task> ask)
    {
        try
        {
            await ask(Chat).WaitAsync(ChatServer.Patience);
            return "ok";
        }
        catch (ChatException e)
        {
            return e.Code;
        }
    }

    /// <summary>The next news of this kind.</summary>
    public async Task<T> Next<T>(Func<T, bool>? which = null)
        where T : ChatPush
    {
        using var patience = new CancellationTokenSource(ChatServer.Patience);
        while (true)
        {
            var push = await Chat.Pushes.ReadAsync(patience.Token);
            Seen.Add(push);
            if (push is T news && which?.Invoke(news) != false) return news;
        }
    }

    /// <summary>News of this kind: some that came already, or the next.</summary>
    public async Task<T> Has<T>(Func<T, bool>? which = null)
        where T : ChatPush =>
        Seen.OfType<T>().FirstOrDefault(which ?? (_ => true)) ?? await Next(which);

    /// <summary>The room's events from now on up to <paramref name="seq"/>, ascending without a hole.</summary>
    public async Task<IReadOnlyList<ChatEvent>> EventsUpTo(string room, long seq)
    {
        var events = new List<ChatEvent>();
        while (events.Count == 0 || events[^1].Seq < seq)
        {
            foreach (var e in (await Next<ChatPush.Events>(events => events.Room == room)).List)
            {
                if (events.Count > 0) Assert.Equal(events[^1].Seq + 1, e.Seq);
                events.Add(e);
            }
        }

        return events;
    }

    /// <summary>With which code the server closed the connection.</summary>
    public async Task<int?> Closed() => (await Chat.Closed.WaitAsync(ChatServer.Patience)).Code;

    public ValueTask DisposeAsync() => Chat.DisposeAsync();
}
