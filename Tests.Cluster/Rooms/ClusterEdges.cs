using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Client;
using OrleansChat.Storage;
using OrleansChat.Tests.Cluster.Conformance;
using OrleansChat.Tests.Gateway;

namespace OrleansChat.Tests.Cluster.Rooms;

/// <summary>Real edges, with sockets of their own, on a cluster in this process: one on each of its three ways in.</summary>
internal sealed class ClusterEdges : IAsyncDisposable
{
    private readonly List<ChatServer> servers = [];

    public static async Task<ClusterEdges> Open(ClusterEngine cluster)
    {
        var edges = new ClusterEdges();
        for (var i = 0; i < 3; i++)
        {
            var chat = cluster.Edge(i);
            edges.servers.Add(await ChatServer.Start(services => services.AddSingleton(chat).AddSingleton<IStorage>(cluster.Storage), "Chat:Limits:Enabled=false"));
        }

        return edges;
    }

    public Uri Socket(int edge) => servers[edge].Socket;

    public Task<ChatClient> Enter(int edge, string guest) => ChatClient.Connect(Socket(edge), new SignIn.Guest(guest));

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers) await server.DisposeAsync();
    }
}
