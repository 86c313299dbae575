using OrleansChat.Tests.Client;
using OrleansChat.Tests.Cluster.Processes;

namespace OrleansChat.Tests.Cluster.Client;

/// <summary>The library's contract with a node of a cluster.</summary>
[Collection(OrleansChat.Tests.Processes.Processes.Name)]
public sealed class LibraryOnTheCluster(LibraryOnTheCluster.Node node) : LibraryContract(node.Process), IClassFixture<LibraryOnTheCluster.Node>
{
    /// <summary>One for all of them; it is killed and comes back.</summary>
    public sealed class Node : IAsyncLifetime
    {
        /// <summary>Without rates: these tests come faster than people do.</summary>
        public SiloProcess Process { get; } = SiloProcess.NotStarted(1, ("Chat:Limits:Enabled", "false"));

        public async ValueTask InitializeAsync() => await Process.Begin();

        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
