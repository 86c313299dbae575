using System.Globalization;
using System.Text.RegularExpressions;
using OrleansChat.Client;
using OrleansChat.Tests.Deploy;

namespace OrleansChat.Tests.Cluster.Deploy;

/// <summary><c>deploy/cluster.sh</c> and <c>deploy/kill-nodes.sh</c>, as an operator runs them.</summary>
[Collection(Deployments.Name)]
public sealed partial class ClusterScript : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("chat-cluster-");
    private readonly int port = Ports.Free(40);

    private string Folder => Path.Combine(parent.FullName, "cluster");

    public async ValueTask InitializeAsync()
    {
        Packages.Need("/usr/sbin/nginx", "nginx");
        Packages.Need("/usr/lib/postgresql/*/bin/postgres", "postgresql");
        Packages.Need("/usr/bin/curl", "curl");
        if (!OperatingSystem.IsWindows()) parent.UnixFileMode |= UnixFileMode.OtherExecute; // root's PostgreSQL runs as another user
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Three_nodes_stand_behind_one_address_and_may_be_killed_in_turn()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "OrleansChat.Silo.dll");
        var start = await Cluster("--port", Number(port), "--program", program, "start", "--", "--Chat:Limits:Text=20");
        Assert.True(start.Code == 0, start.Said);
        Assert.Contains($"The cluster of 3 nodes is at http://127.0.0.1:{port} ", start.Said, StringComparison.Ordinal);
        Assert.Matches("with the password [0-9a-f]{24} ", start.Said);
        Assert.Equal(5, Ready().Count((await Cluster("status")).Said));

        await using var ada = await ChatClient.Connect(new Uri($"ws://127.0.0.1:{port}/ws"), new SignIn.Guest("Ada"));
        await ada.Join("lobby");
        var before = await ada.Post("lobby", "here");
        Assert.Equal("too_long", (await Assert.ThrowsAsync<ChatException>(() => ada.Post("lobby", new string('x', 21)))).Code);

        var nodes = Enumerable.Range(1, 3).Select(Process).ToList();
        var kills = await Run("kill-nodes.sh", "--times", "3", "--down", "1", "--every", "1");
        Assert.True(kills.Code == 0, kills.Said);
        Assert.All(nodes.Zip(Enumerable.Range(1, 3)), node => Assert.NotEqual(node.First, Process(node.Second)));
        Assert.Equal(5, Ready().Count((await Cluster("status")).Said));
        Assert.True((await ada.Post("lobby", "still here")).Seq > before.Seq);

        Assert.Equal(0, (await Cluster("term", "2")).Code);
        var status = await Cluster("status");
        Assert.Equal(1, status.Code);
        Assert.Matches("node 2 .* down", status.Said);

        var left = Enumerable.Range(1, 3).Where(node => node != 2).Select(Process).ToList();
        Assert.Equal(0, (await Cluster("stop")).Code);
        Assert.All(left, pid => Assert.False(Directory.Exists($"/proc/{pid}")));
        Assert.Equal("stopped", (await Cluster("status")).Said);
        Assert.Contains("The cluster is stopped.", (await Cluster("node", "1")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_did_not_start_it_does_not_end()
    {
        Assert.Contains("There is no cluster in", (await Cluster("stop")).Said, StringComparison.Ordinal);
        await using var bystander = new RunningProgram("sleep", ["600"]);
        Directory.CreateDirectory(Path.Combine(Folder, "pids"));
        File.WriteAllText(Path.Combine(Folder, "orleanschat-cluster"), "");
        // An id that came back: the process of that id began at another time.
        File.WriteAllText(Path.Combine(Folder, "pids", "node-1"), $"{bystander.Id} 1\n");
        Assert.Equal(0, (await Cluster("stop")).Code);
        Assert.False(bystander.HasExited);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_before_anything_is_started()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port + 32);
        taken.Start();
        var start = await Cluster("--port", Number(port), "start");
        Assert.Equal(1, start.Code);
        Assert.Contains($"Port {port + 32} is taken", start.Said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
    }

    private Task<(int Code, string Said)> Cluster(params string[] arguments) => Run("cluster.sh", arguments);

    private Task<(int Code, string Said)> Run(string script, params string[] arguments) =>
        RunningProgram.Run(DeployFolder.File(script), ["--folder", Folder, .. arguments], within: Patience);

    private int Process(int node) =>
        int.Parse(File.ReadAllText(Path.Combine(Folder, "pids", $"node-{node}")).Split(' ')[0], CultureInfo.InvariantCulture);

    private static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Folder)) await Cluster("erase");
        parent.Delete(recursive: true);
    }

    [GeneratedRegex(@" ready$", RegexOptions.Multiline)]
    private static partial Regex Ready();
}
