namespace OrleansChat.Client;

/// <summary>The servers that a client knows, and the one that it talks with now.</summary>
/// <param name="all">Web addresses or sockets.</param>
/// <param name="http">For accounts, in place of the present server's own address.</param>
internal sealed class Servers(IEnumerable<Uri> all, HttpClient? http) : IDisposable
{
    private readonly Uri[] sockets = [.. all.Select(Socket)];
    private readonly Lock turn = new(); // guards own
    private HttpClient?[] own = []; // one for each server, once it is needed
    private volatile int at;

    /// <summary>The present server's socket.</summary>
    public Uri Present => sockets[at];

    /// <summary>Where accounts sign in.</summary>
    public ChatAccounts Accounts => new(http ?? Own(at));

    private HttpClient Own(int server)
    {
        lock (turn)
        {
            if (own.Length == 0) own = new HttpClient?[sockets.Length];
            return own[server] ??= new() { BaseAddress = Root(sockets[server]) };
        }
    }

    /// <summary>A server's web address stands for the socket beneath it.</summary>
    private static Uri Socket(Uri server) => server.IsAbsoluteUri ? server.Scheme switch
    {
        "ws" or "wss" => server,
        "http" or "https" => new UriBuilder(server)
        {
            Scheme = server.Scheme is "https" ? "wss" : "ws",
            Port = server.Port,
            Path = $"{server.AbsolutePath.TrimEnd('/')}/ws",
        }.Uri,
        _ => throw NoServer(server),
    }
    : throw NoServer(server);

    private static ArgumentException NoServer(Uri server) =>
        new($"'{server}' is not a server's address, such as http://localhost:8080 or wss://chat.example/ws.", nameof(server));

    private static Uri Root(Uri socket) =>
        new UriBuilder(new Uri(socket, ".")) { Scheme = socket.Scheme is "wss" ? "https" : "http", Port = socket.Port }.Uri;

    /// <summary>Turns to the next server; false if there is no other.</summary>
    public bool Next()
    {
        if (sockets.Length == 1) return false;
        at = (at + 1) % sockets.Length;
        return true;
    }

    public void Dispose()
    {
        lock (turn)
        {
            foreach (var each in own) each?.Dispose();
        }
    }
}
