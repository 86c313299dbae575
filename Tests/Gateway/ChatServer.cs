using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansChat.Gateway;
using OrleansChat.Gateway.Identity;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway;

/// <summary>
/// A whole server in this process, on a port of its own: the same builder calls as the real one's, with storage in
/// memory. As a class fixture it has no rates, since its tests come faster than people do.
/// </summary>
public class ChatServer : IAsyncLifetime
{
    /// <summary>No wait of these tests is longer: what has not come by then does not come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly string[] settings = ["Chat:Limits:Enabled=false"];
    private readonly Action<IServiceCollection>? replace;
    private WebApplication? app;
    private int names;

    public ChatServer()
    {
    }

    protected ChatServer(string[] settings, Action<IServiceCollection>? replace) => (this.settings, this.replace) = (settings, replace);

    public static Task<ChatServer> Start(params string[] settings) => Start(null, settings);

    /// <param name="replace">Puts other services in the place of the server's own.</param>
    /// <param name="settings">Such as <c>Chat:Limits:Text=10</c>.</param>
    public static async Task<ChatServer> Start(Action<IServiceCollection>? replace, params string[] settings)
    {
        var server = new ChatServer(settings, replace);
        await server.InitializeAsync();
        return server;
    }

    public async ValueTask InitializeAsync()
    {
        string[] always = ["Chat:Storage=memory:", "urls=http://127.0.0.1:0", "hostBuilder:reloadConfigOnChange=false"];
        var builder = Startup.CreateBuilder([.. always.Concat(settings).Select(setting => $"--{setting}")]);
        builder.Logging.ClearProviders();
        var options = builder.AddChatOptions();
        builder.AddStorage(options);
        builder.AddLocalChat(options);
        builder.AddGateway(options);
        builder.AddPlain(options);
        replace?.Invoke(builder.Services);
        app = builder.Build();
        app.MapGateway();
        Map(app);
        await Storage.Open();
        await app.StartAsync();
        Http = new HttpClient { BaseAddress = new(app.Urls.Single()), Timeout = Patience };
    }

    /// <summary>What a server has besides.</summary>
    protected virtual void Map(WebApplication app)
    {
    }

    public HttpClient Http { get; private set; } = null!;

    public Uri Socket => new UriBuilder(Http.BaseAddress!) { Scheme = "ws", Path = "/ws" }.Uri;

    public IStorage Storage => Get<IStorage>();

    public T Get<T>() where T : notnull => app!.Services.GetRequiredService<T>();

    /// <summary>A name that nobody else has here: <c>den-7</c>.</summary>
    public string NameLike(string name) => $"{name}-{Interlocked.Increment(ref names)}";

    /// <summary>Somebody with an account and a token, who is not connected. No password is hashed for it.</summary>
    public async Task<(string Id, string Token)> Account(string name, bool admin = false)
    {
        var id = UserId.Parse(NameLike(name));
        var now = Get<TimeProvider>().GetUtcNow();
        Assert.True(await Storage.AddAccount(new(id, char.ToUpperInvariant(name[0]) + name[1..], null, admin, now, now)));
        return (id.Value, await NewToken(id.Value));
    }

    /// <summary>A further sign-in of somebody.</summary>
    public async Task<string> NewToken(string user, TimeSpan? lifetime = null)
    {
        var session = new Session(SessionId.New(), UserId.Parse(user), Get<TimeProvider>().GetUtcNow() + (lifetime ?? TimeSpan.FromDays(1)));
        await Storage.AddSession(session);
        return Get<Tokens>().Issue(session);
    }

    /// <summary>Somebody with an account, connected.</summary>
    public async Task<Person> Enter(string name, bool admin = false) => await Person.Enter(this, token: (await Account(name, admin)).Token);

    public Task<Person> EnterAsGuest(string name) => Person.Enter(this, guest: name);

    public async Task Stop() => await app!.StopAsync().WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app!.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
