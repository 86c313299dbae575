namespace OrleansChat.Tests.Browser;

/// <summary>
/// Three nodes of the cluster in processes of their own, on one SQLite file. These tests know nothing of Orleans: the
/// program is found where <c>dotnet build Silo</c> puts it.
/// </summary>
public sealed class ThreeNodes : IAsyncDisposable
{
    private const int Count = 3;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-nodes-");

    private ThreeNodes()
    {
        var program = Path.Combine(AppContext.BaseDirectory.Replace("Tests.Browser", "Silo", StringComparison.Ordinal), "OrleansChat.Silo.dll");
        if (!File.Exists(program)) Assert.Skip($"build Silo first: there is no {program}");
        var primary = ChatServer.FreePort();
        Nodes =
        [
            .. Enumerable.Range(1, Count).Select(number => new ChatServer(
                program,
                $"--Chat:Storage=sqlite:{Path.Combine(folder.FullName, "chat.db")}",
                $"--Chat:Node=node-{number}",
                "--Chat:Limits:Enabled=false",
                $"--Cluster:SiloPort={(number == 1 ? primary : ChatServer.FreePort())}",
                $"--Cluster:ClientPort={ChatServer.FreePort()}",
                $"--Cluster:Primary=127.0.0.1:{primary}")),
        ];
    }

    public IReadOnlyList<ChatServer> Nodes { get; }

    public static async Task<ThreeNodes> Start()
    {
        var nodes = new ThreeNodes();
        try
        {
            foreach (var node in nodes.Nodes) await node.Start();
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
