using OrleansChat.Tests.Processes;

namespace OrleansChat.Tests.Client;

/// <summary>The library's contract with the one-process server.</summary>
[Collection(Tests.Processes.Processes.Name)]
public sealed class LibraryOnOneProcess(LibraryOnOneProcess.Server server) : LibraryContract(server.Process), IClassFixture<LibraryOnOneProcess.Server>
{
    /// <summary>One for all of them; it is killed and comes back.</summary>
    public sealed class Server : IAsyncLifetime
    {
        /// <summary>Without rates: these tests come faster than people do.</summary>
        public GatewayProcess Process { get; } = GatewayProcess.NotStarted(("Chat:Limits:Enabled", "false"));

        public async ValueTask InitializeAsync() => await Process.Begin();

        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
