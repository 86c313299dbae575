using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using OrleansChat.Silo;
using OrleansChat.Tests.Deploy;

namespace OrleansChat.Tests.Cluster.Deploy;

/// <summary>What the files of <c>deploy</c> say of a node's place in the cluster is what the node understands.</summary>
public sealed class ManifestsAndTheNode : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-manifests-");

    public static TheoryData<string> Places => [.. DeployedSettings.All.Keys];

    [Theory]
    [MemberData(nameof(Places))]
    public void Every_setting_of_the_cluster_is_one_that_a_node_knows(string place)
    {
        var environment = DeployedSettings.All[place].ToDictionary();
        foreach (var (key, file) in environment.Where(it => it.Key.StartsWith("Cluster__Tls__", StringComparison.Ordinal)).ToList())
        {
            // systemd puts the unit's credentials there.
            environment[key] = file.With("%d", folder.FullName);
            File.WriteAllText(environment[key], "");
        }

        var node = NodeOptions.Read(DeployedSettings.Configuration(environment));
        Assert.Equal(Roles.Silo | Roles.Gateway, node.Roles);
        Assert.Equal("orleanschat", node.Id);
        Assert.Equal(place == "systemd", node.Tls is not null);
    }

    [Fact]
    public void The_unit_hands_over_the_files_that_it_names()
    {
        var lines = DeployFolder.Text("systemd/tls.conf").Split('\n');
        var handed = lines.Where(line => line.StartsWith("LoadCredential=", StringComparison.Ordinal)).Select(line => line["LoadCredential=".Length..].Split(':')[0]);
        var named = lines.Where(line => line.StartsWith("Environment=", StringComparison.Ordinal)).Select(line => line.Split("%d/")[1]);
        Assert.Equal(handed, named);
    }

    [Fact]
    public void Containers_have_addresses_of_their_own_for_the_others_to_reach()
    {
        foreach (var (name, node) in Manifest.ComposeNodes)
        {
            var options = NodeOptions.Read(DeployedSettings.Configuration(DeployedSettings.All[$"compose {name}"]));
            Assert.Equal(node.Text("networks", "inside", "ipv4_address"), options.Address);
        }

        Assert.False(IPAddress.IsLoopback(NodeOptions.Read(DeployedSettings.Configuration(DeployedSettings.All["kubernetes"])).Ip));
    }

    [Fact]
    public void In_Kubernetes_the_Orleans_ports_are_a_nodes_own_and_only_nodes_reach_them()
    {
        var node = NodeOptions.Read(DeployedSettings.Configuration(DeployedSettings.All["kubernetes"]));
        string[] closed = [Number(node.PortForSilos), Number(node.PortForClients)];
        Assert.Equal(closed, (string[])[Manifest.Port("silo"), Manifest.Port("client")]);

        var pods = Manifest.Deployment.At("spec", "template", "metadata", "labels");
        var rules = Manifest.Documents("kubernetes/network.yaml").Single().At("spec", "ingress").AsArray();
        var forNodes = rules.Single(rule => rule!.At("from").AsArray().Any(from => from!["podSelector"] is not null))!;
        Assert.True(JsonNode.DeepEquals(pods, forNodes.At("from").AsArray().Single()!.At("podSelector", "matchLabels")));
        Assert.Equal(closed, PortsOf(forNodes));
        var forOthers = rules.Single(rule => rule != forNodes)!;
        Assert.Equal([Manifest.Port("http")], PortsOf(forOthers));

        var service = Manifest.Documents("kubernetes/service.yaml")[0];
        Assert.Equal(["http"], service.At("spec", "ports").AsArray().Select(port => port!.Text("targetPort")));
    }

    [Fact]
    public void The_unit_starts_the_node_of_its_number()
    {
        var line = DeployFolder.Text("systemd/orleanschat@.service").Split('\n').Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal));
        var words = line["ExecStart=".Length..].With("%i", "3").Split(' ');
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(words[0]))));
        var node = NodeOptions.Read(new ConfigurationBuilder().AddCommandLine(words[1..]).Build());
        Assert.Equal((3, 11113, 30002), (node.Node, node.PortForSilos, node.PortForClients));
    }

    private static IEnumerable<string> PortsOf(JsonNode rule) => rule.At("ports").AsArray().Select(port => port!.Text("port"));

    private static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => folder.Delete(recursive: true);
}
