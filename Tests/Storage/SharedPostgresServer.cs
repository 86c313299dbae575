[assembly: AssemblyFixture(typeof(OrleansChat.Tests.Storage.SharedPostgresServer))]

namespace OrleansChat.Tests.Storage;

/// <content>How tests come by one: they share a server, or the one that <c>CHAT_TEST_POSTGRES</c> (a connection string) names.</content>
public sealed partial class PostgresServer
{
    private const string Missing = "install the Debian package postgresql";

    /// <summary>The one server of the test run. The test is skipped where none can be had, but fails with CHAT_CI=1.</summary>
    public static Task<PostgresServer> Shared() => SharedPostgresServer.Get();

    /// <summary>A server of one's own, to be broken.</summary>
    /// <param name="durable">See <see cref="TryStart"/>.</param>
    public static async Task<PostgresServer> StartNew(bool durable = false)
    {
        if (await TryStart(durable) is { } server) return server;
        if (Environment.GetEnvironmentVariable("CHAT_CI") == "1") Assert.Fail(Missing);
        Assert.Skip(Missing);
        throw new InvalidOperationException(Missing);
    }

    internal static async Task<PostgresServer> FindOrStart() => Environment.GetEnvironmentVariable("CHAT_TEST_POSTGRES") is { Length: > 0 } given
        ? new(new(given), null, "")
        : await StartNew();
}

/// <summary>Starts the shared server when the first test asks for it, and stops it after the last.</summary>
public sealed class SharedPostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(PostgresServer.FindOrStart);

    internal static Task<PostgresServer> Get() => Server.Value;

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated && Server.Value.IsCompletedSuccessfully) await (await Server.Value).DisposeAsync();
    }
}
