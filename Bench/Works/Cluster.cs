using OrleansChat.Bench.Databases;
using OrleansChat.Bench.Load;
using OrleansChat.Bench.Peers;
using OrleansChat.Bench.Report;

namespace OrleansChat.Bench.Works;

/// <summary>The cluster: what a delivery costs on the node where the room lives, and on others.</summary>
public sealed class Cluster(Scale scale) : Work
{
    private const int UnderWay = 16;
    private const int PostsPerSecond = 50;

    public override string Name => "cluster";

    public override string Says =>
        $"Orleans nodes on PostgreSQL, all on the server's core; the CPU is that of all nodes, without PostgreSQL's. *On another node*: the rooms live on one node, and all sockets are on the other, which has no rooms. " +
        $"*On all*: rooms and sockets are spread over three. Latency: {PostsPerSecond} posts a second at even intervals.";

    public override IReadOnlyList<Entrant> Entrants =>
    [
        Entrant("1 node", ["silo,gateway"], (_, nodes) => nodes[0]),
        Entrant("2 nodes, on another node", ["silo,gateway", "gateway"], (_, nodes) => nodes[1]),
        Entrant("3 nodes, on all", ["silo,gateway", "silo,gateway", "silo,gateway"], (client, nodes) => nodes[client.Number % nodes.Count]),
    ];

    private Entrant Entrant(string name, string[] roles, Func<Client, IReadOnlyList<ServerProcess>, ServerProcess> nodeOf) =>
        new(name, "PostgreSQL, durably", Prepare, turn => Run(roles, nodeOf, turn));

    private static async Task<string?> Prepare() => await Postgres.Prepare() ?? await Dotnet.Build("Silo");

    private async Task<IReadOnlyList<Reading>> Run(string[] roles, Func<Client, IReadOnlyList<ServerProcess>, ServerProcess> nodeOf, Turn turn)
    {
        await using var postgres = await Postgres.Start();
        var database = await postgres.NewDatabase();
        var peer = Postgres.Peer(database);
        var nodes = new List<ServerProcess>();
        try
        {
            foreach (var role in roles) nodes.Add(await StartNode(database, role, Path.Combine(turn.Folder, $"node-{nodes.Count + 1}")));
            return await Served.OnOwnCore<IReadOnlyList<Reading>>(() =>
            [
                .. Measure(peer, nodes, nodeOf, $"one room, {scale.Members} sockets", Served.Clients(1, scale.Members)),
                .. Measure(peer, nodes, nodeOf, $"{scale.Members / 5} rooms × 4", [.. Served.Clients(scale.Members / 5, 4).Select(client => client with { RoomName = $"small-{client.Room}" })]),
            ]);
        }
        finally
        {
            foreach (var node in Enumerable.Reverse(nodes)) await node.DisposeAsync();
        }
    }

    private static async Task<ServerProcess> StartNode(string database, string role, string folder)
    {
        var port = Machine.FreePort();
        var node = await Dotnet.Start(folder, port, "Silo", "OrleansChat.Silo",
        [
            $"--urls=http://127.0.0.1:{port}",
            $"--Chat:Storage=postgres:{database}",
            $"--Cluster:Roles={role}",
            $"--Cluster:SiloPort={Machine.FreePort()}",
            $"--Cluster:ClientPort={Machine.FreePort()}",
            "--Chat:Limits:Enabled=false",
            "--Logging:LogLevel:Default=Warning",
        ]);
        using var http = new HttpClient();
        for (var tries = 0; tries < 300; tries++, await Task.Delay(100))
        {
            using var ready = await http.GetAsync($"http://127.0.0.1:{port}/health/ready");
            if (ready.IsSuccessStatusCode) return node;
        }

        throw new InvalidOperationException("The node does not become ready.");
    }

    private List<Reading> Measure(Peer peer, List<ServerProcess> nodes, Func<Client, IReadOnlyList<ServerProcess>, ServerProcess> nodeOf, string @case, IReadOnlyList<Client> clients)
    {
        peer.Enroll(nodes[0].Port, clients);
        using var crowd = Crowd.Connect(peer, client => nodeOf(client, nodes).Port, clients);
        var talk = new Talk(crowd, () => nodes.Sum(node => node.CpuSeconds));
        talk.WarmUp(UnderWay, scale.WarmUp);
        var talking = talk.Closed(UnderWay, scale.Time);
        var paced = talk.Open(PostsPerSecond, scale.Time);
        return
        [
            new(@case, Figure.CpuPerDelivery, talking.CpuSeconds * 1e6 / talking.Deliveries),
            new(@case, Figure.PerSecond, talking.Deliveries / talking.Seconds),
            new($"{@case}, {PostsPerSecond} posts/s", Figure.Median, paced.Median),
            new($"{@case}, {PostsPerSecond} posts/s", Figure.P99, paced.P99),
        ];
    }
}
