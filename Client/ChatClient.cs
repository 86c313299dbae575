namespace OrleansChat.Client;

/// <summary>
/// What programs talk through: it signs in, stays connected over server restarts and broken lines, resumes every
/// joined room where it was, and repeats what was not answered.
/// </summary>
/// <remarks>
/// <para>
/// Any thread may call any method. What is asked for while there is no connection waits for the next one; a
/// <see cref="CancellationToken"/> ends every wait. Whoever cancels what was sent already does not know whether it was
/// done: a post can be asked for again with the same key.
/// </para>
/// <para>
/// A refusal is a <see cref="ChatException"/> with the protocol's code. Those that pass (<c>unavailable</c>,
/// <c>rate_limited</c>, slow mode too) are waited out and are not seen. A client that has stopped for good answers with
/// <see cref="ChatStoppedException"/>.
/// </para>
/// </remarks>
/// <example><code>
/// await using var chat = await ChatClient.Connect("http://localhost:8080", new SignIn.Guest("Ada"));
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
    private readonly NewsDesk news;
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<string, ChatRoom> rooms = []; // its own lock; the rooms that were joined and have not ended
    private readonly Lock turn = new(); // guards live
    private readonly Task running;
    private TaskCompletionSource<ChatConnection> live = NewLive();

    /// <inheritdoc cref="Connect(Uri, SignIn, ChatClientOptions?, CancellationToken)"/>
    public static Task<ChatClient> Connect(string server, SignIn who, ChatClientOptions? options = null, CancellationToken cancel = default) =>
        Connect(new Uri(server), who, options, cancel);

    /// <summary>Connects and signs in; a server that is away is waited for, unless <see cref="ChatClientOptions.ConnectWithin"/> says how long.</summary>
    /// <param name="server">Its web address, such as <c>http://localhost:8080</c>, or its socket, such as <c>wss://chat.example/ws</c>.</param>
    /// <param name="who">As whom.</param>
    /// <param name="options">How it behaves; the defaults suit a program that runs for long.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ChatStoppedException">The server does not want us: the reason and the inner exception say why.</exception>
    public static async Task<ChatClient> Connect(Uri server, SignIn who, ChatClientOptions? options = null, CancellationToken cancel = default)
    {
        var client = new ChatClient(server, who, options ?? new());
        try
        {
            await client.FirstWelcome(cancel);
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
        news = new(options.News);
        running = Task.Run(Run);
    }

    private async Task FirstWelcome(CancellationToken cancel)
    {
        try
        {
            await Live(cancel).WaitAsync(options.ConnectWithin ?? Timeout.InfiniteTimeSpan, options.Time, CancellationToken.None);
        }
        catch (TimeoutException e)
        {
            throw new ChatStoppedException(StopReason.Unreachable, "The server could not be reached in time.", lastFailure ?? e);
        }
    }

    /// <summary>What the server said at the last sign-in: who one is, the limits, and the rooms one is in.</summary>
    public HelloAnswer Welcome { get; private set; } = null!; // set before Connect returns

    /// <summary>Who this client speaks for.</summary>
    public ChatUser Me => Welcome.User;

    /// <summary>A guest's way to come back as the same guest.</summary>
    public string? GuestToken => identity.GuestToken;

    /// <summary>Whether there is a connection now, on which one is welcome.</summary>
    public bool IsConnected
    {
        get
        {
            lock (turn) return live.Task.IsCompletedSuccessfully;
        }
    }

    /// <summary>Completes, and never fails, when this client has stopped for good, with the reason.</summary>
    public Task<ChatStoppedException> Stopped => stopped.Task;

    /// <summary>
    /// How the line is now and then how it changes, who comes and goes, who types, who mentions one, which rooms one is
    /// brought into: all that is not in the streams of the joined rooms. It ends when the client has stopped. Any number
    /// of readers, each with all of it.
    /// </summary>
    /// <param name="capacity">So many are held for a reader; of one who is slower the oldest are dropped. Passing news are never sent again.</param>
    /// <param name="cancel">Ends the reading.</param>
    public IAsyncEnumerable<ChatNews> News(int capacity = 1024, CancellationToken cancel = default) => news.Read(capacity, cancel);

    internal void Tell(ChatNews what) => news.Tell(what);

    /// <summary>
    /// Asks until it is answered: again after a lost connection, and after a pause when the server is unavailable or
    /// limits the rate. For what may be repeated: reading, joining, posting with a key.
    /// </summary>
    /// <exception cref="ChatException">The server refused it for good.</exception>
    public Task<T> Ask<T>(Func<ChatConnection, Task<T>> ask, CancellationToken cancel = default) => Ask((connection, _) => ask(connection), cancel);

    /// <param name="ask">Also hears whether an earlier attempt may have been carried out, unanswered.</param>
    /// <param name="cancel">Ends the waiting.</param>
    private async Task<T> Ask<T>(Func<ChatConnection, bool, Task<T>> ask, CancellationToken cancel)
    {
        var unsure = false;
        for (var refusals = 0; ;)
        {
            var connection = await Live(cancel);
            try
            {
                return await ask(connection, unsure);
            }
            catch (ChatClosedException)
            {
                unsure = true;
                Retire(connection);
            }
            catch (ChatException e) when (e.IsPassing)
            {
                unsure |= e.Code is "unavailable"; // a server that lost its storage in the middle does not know either
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

    /// <summary>Ends the session on the server: the token is worth nothing any more, and this client stops.</summary>
    /// <exception cref="ChatException">The server could not be asked, or not just now.</exception>
    public async Task SignOut(CancellationToken cancel = default)
    {
        var (token, _) = await identity.Present(servers.Accounts, cancel);
        await servers.Accounts.Logout(token ?? "", cancel);
        await stopped.Task.WaitAsync(cancel); // the server closes our connection with 4010
    }

    /// <summary>Says goodbye and stops; what is not answered by then fails with <see cref="ChatStoppedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        servers.Dispose();
    }
}
