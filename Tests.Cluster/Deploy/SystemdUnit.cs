using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OrleansChat.Tests.Deploy;

namespace OrleansChat.Tests.Cluster.Deploy;

/// <summary>The unit that this repository gives to operators, under a real systemd, with all of its restrictions.</summary>
[Collection(Deployments.Name)]
public sealed class SystemdUnit
{
    private const string Node = "orleanschat@1";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly int port = Ports.Free(3);

    [Fact]
    public async Task A_node_is_started_when_it_is_ready_comes_back_when_it_is_killed_and_leaves_in_order()
    {
        await using var systemd = await Systemd.Boot(Settings("sqlite:chat.db"));
        var start = await systemd.Start(Node);
        Assert.True(start.Code == 0, start.Said + await systemd.Log(1));
        Assert.Equal(HttpStatusCode.OK, await Ask());

        var process = await systemd.MainProcess(Node);
        var status = (await systemd.Read($"/proc/{process}/status")).Split('\n');
        Assert.DoesNotContain("Uid:\t0\t0\t0\t0", status);
        Assert.Contains("NoNewPrivs:\t1", status);
        Assert.Contains("CapEff:\t0000000000000000", status);
        Assert.Contains("Seccomp:\t2", status);
        Assert.Contains("its storage is SQLite /var/lib/private/orleanschat/chat.db", await systemd.Read("/run/node-1.log"), StringComparison.Ordinal);

        await systemd.Kill(Node);
        await new Waiting(Soon).Until(async () => await systemd.MainProcess(Node) is var next and not 0 && next != process && await Ask() is HttpStatusCode.OK);
        Assert.Equal("1", await systemd.Show(Node, "NRestarts"));

        Assert.Equal(0, (await systemd.Stop(Node)).Code);
        Assert.Equal(("success", "0", "inactive"), (await systemd.Show(Node, "Result"), await systemd.Show(Node, "ExecMainStatus"), await systemd.Show(Node, "ActiveState")));
        Assert.Null(await Ask());
    }

    [Fact]
    public async Task A_node_that_cannot_start_is_told_so_at_once_and_says_why()
    {
        await using var systemd = await Systemd.Boot(Settings("nonsense"));
        Assert.NotEqual(0, (await systemd.Start(Node)).Code);
        Assert.Contains("OrleansChat cannot start: ", await systemd.Read("/run/node-1.log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_TLS_between_the_nodes_a_node_gets_the_key_that_only_root_can_read()
    {
        var settings = Settings("sqlite:chat.db");
        foreach (var (name, text) in NodeCertificates()) settings[$"tls/{name}"] = text;
        await using var systemd = await Systemd.Boot(settings);
        var start = await systemd.Start(Node);
        Assert.True(start.Code == 0, start.Said + await systemd.Log(1));
        var environment = (await systemd.Read($"/proc/{await systemd.MainProcess(Node)}/environ")).Split('\0');
        Assert.Contains("Cluster__Tls__Key=/run/credentials/orleanschat@1.service/node.key", environment);
        Assert.Equal(HttpStatusCode.OK, await Ask());
    }

    /// <summary>An authority, and a node's certificate that it signed, under the names that <c>tls.conf</c> has.</summary>
    private static Dictionary<string, string> NodeCertificates()
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var asked = new CertificateRequest("CN=chat nodes", authorityKey, HashAlgorithmName.SHA256);
        asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = asked.CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var node = new CertificateRequest("CN=node-1", key, HashAlgorithmName.SHA256).Create(authority, from, to, [1]);
        return new() { ["authority.pem"] = authority.ExportCertificatePem(), ["node.pem"] = node.ExportCertificatePem(), ["node.key"] = key.ExportPkcs8PrivateKeyPem() };
    }

    /// <summary>The examples, but for the storage and the ports.</summary>
    private Dictionary<string, string> Settings(string storage)
    {
        var cluster = DeployFolder.Text("systemd/cluster.env");
        var theirs = cluster.Split('\n').Single(line => line.StartsWith("Chat__Storage=", StringComparison.Ordinal));
        var ports = string.Create(CultureInfo.InvariantCulture, $"Cluster__SiloPort={port + 1}\nCluster__ClientPort={port + 2}\nCluster__Primary=127.0.0.1:{port + 1}\n");
        return new()
        {
            ["cluster.env"] = cluster.With(theirs, $"Chat__Storage={storage}") + "DOTNET_ROOT=/opt/dotnet\n",
            ["1.env"] = DeployFolder.Text("systemd/1.env").With("127.0.0.1:8080", $"127.0.0.1:{port}") + ports,
        };
    }

    private async Task<HttpStatusCode?> Ask()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"));
            return answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }
}
