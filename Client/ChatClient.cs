namespace OrleansChat.Client;

/// <summary>
/// What programs talk through: it signs in, stays connected over server restarts and broken lines, resumes every
/// joined room where it was, and repeats what was not answered.
/// </summary>
/// <example><code>
/// await using var chat = await ChatClient.Start(new("ws://localhost:8080/ws"), new SignIn.Guest("Ada"));
/// var lobby = await chat.Join("lobby");
/// await chat.Post("lobby", "Hello!");
/// await foreach (var item in lobby.Items()) Console.WriteLine(item);
/// </code></example>
public sealed partial class ChatClient : IAsyncDisposable
{
    private readonly Servers servers;
    private readonly ChatClientOptions options;
    private readonly Identity identity;
    private readonly Pause pause;
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<string, ChatRoom> rooms = []; // its own lock; the rooms that were joined and have not ended
    private readonly Lock turn = new(); // guards live
    private readonly Task running;
    private TaskCompletionSource<ChatConnection> live = NewLive();

    /// <summary>Connects and signs in, however long that takes.</summary>
    /// <param name="server">Such as <c>ws://localhost:8080/ws</c>.</param>
    /// <exception cref="ChatStoppedException">The server does not want us: the inner exception says why.</exception>
    public static async Task<ChatClient> Start(Uri server, SignIn who, ChatClientOptions? options = null, CancellationToken cancel = default)
    {
        var client = new ChatClient(server, who, options ?? new());
        try
        {
            await client.Live(cancel);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    private ChatClient(Uri server, SignIn who, ChatClientOptions options)
    {
        this.options = options;
        servers = new([server, .. options.Others], options.Http);
        identity = new(who);
        pause = new(options.MaxPause);
        running = Task.Run(Run);
    }

    /// <summary>What the server said at the last sign-in.</summary>
    public HelloAnswer Welcome { get; private set; } = null!; // set before Start returns

    /// <summary>A guest's way to come back as the same guest.</summary>
    public string? GuestToken => identity.GuestToken;

    /// <summary>Completes, and never fails, when this client has stopped for good, with the reason.</summary>
    public Task<ChatStoppedException> Stopped => stopped.Task;

    /// <summary>
    /// Says something, exactly once: it is repeated with the same key, over as many connections as it takes, until it
    /// is answered. Of posts that are under way at the same time nobody knows which comes first.
    /// </summary>
    /// <param name="key">One's own name for this post; null makes a fresh one.</param>
    /// <exception cref="ChatException">The server refused it for good.</exception>
    /// <exception cref="ChatStoppedException">The client stopped first; whether the post was stored is unknown.</exception>
    public Task<PostAnswer> Post(string room, string text, string? key = null, long? reply = null, CancellationToken cancel = default)
    {
        key ??= ChatConnection.NewKey();
        return Ask(connection => connection.Post(room, text, key, reply, cancel), cancel);
    }

    /// <summary>Becomes a member of a room (or is one already) and follows its events from now on, over all connections.</summary>
    /// <param name="since">The last event that one has; null begins with the latest 50.</param>
    public async Task<ChatRoom> Join(string room, long? since = null, CancellationToken cancel = default)
    {
        if (Find(room) is { } known) return known;
        ChatRoom? joined = null;
        await Ask(
            connection => connection.Call(
                new Operation.Join(room, since), ClientJson.Wire.JoinAnswer, cancel, answer => joined = Follow(answer, since)),
            cancel);
        return joined!;
    }

    /// <summary>Gives up membership. The room's items end with one's own <c>left</c>.</summary>
    public Task Leave(string room, CancellationToken cancel = default) => Ask(connection => connection.Leave(room, cancel), cancel);

    /// <summary>
    /// Asks until it is answered: again after a lost connection, and after a pause when the server is unavailable or
    /// limits the rate. For what may be repeated: reading, joining, posting with a key.
    /// </summary>
    /// <exception cref="ChatException">The server refused it for good.</exception>
    public async Task<T> Ask<T>(Func<ChatConnection, Task<T>> ask, CancellationToken cancel = default)
    {
        for (var refusals = 0; ;)
        {
            var connection = await Live(cancel);
            try
            {
                return await ask(connection);
            }
            catch (ChatClosedException)
            {
                Retire(connection);
            }
            catch (ChatException e) when (e.IsPassing)
            {
                var wait = e.RetryAfter is { } asked ? Pause.Asked(asked) : pause.After(refusals++);
                await Task.Delay(wait, options.Time, cancel);
            }
        }
    }

    /// <summary>The present connection, for whatever need not survive it; waits while there is none.</summary>
    public Task<ChatConnection> Live(CancellationToken cancel = default)
    {
        lock (turn) return live.Task.WaitAsync(cancel);
    }

    /// <summary>Says goodbye and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        servers.Dispose();
    }
}
