using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansChat.Gateway;
using OrleansChat.Tests.Gateway;

namespace OrleansChat.Tests.Deploy;

/// <summary>
/// No container engine and no Kubernetes runs here. So what their files say is held against the code: a key, a path, a
/// port or a time that is another one there breaks a test.
/// </summary>
public sealed partial class ManifestsAndTheCode(ChatServer server) : IClassFixture<ChatServer>
{
    public static TheoryData<string> Places => [.. DeployedSettings.All.Keys];

    [Theory]
    [MemberData(nameof(Places))]
    public void Every_setting_of_the_chat_is_one_that_it_knows(string place)
    {
        var builder = Startup.CreateBuilder([]);
        builder.Configuration.AddConfiguration(DeployedSettings.Configuration(DeployedSettings.All[place]));
        builder.AddChatOptions(); // refuses an unknown key, and a value that cannot be
        string[] families = ["Chat__", "Cluster__", "ASPNETCORE_", "DOTNET_", "OTEL_"];
        Assert.All(DeployedSettings.All[place].Keys, key => Assert.Contains(families, family => key.StartsWith(family, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_kind_of_deployment_was_found() =>
        Assert.Equal(["Dockerfile", "compose node1", "compose node2", "compose node3", "kubernetes", "systemd"], DeployedSettings.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("startupProbe", "/health/live")]
    [InlineData("livenessProbe", "/health/live")]
    [InlineData("readinessProbe", "/health/ready")]
    public async Task Kubernetes_asks_the_paths_that_a_node_answers(string probe, string path)
    {
        var asked = Manifest.Container.At(probe, "httpGet");
        Assert.Equal((path, "http"), (asked.Text("path"), asked.Text("port")));
        using var answer = await server.Http.GetAsync(new Uri(asked.Text("path"), UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_images_own_health_check_finds_a_node_healthy_and_nobody_sick()
    {
        var check = JsonSerializer.Deserialize<string[]>(HealthCheck().Match(DeployFolder.Text("docker/Dockerfile")).Groups[1].Value)!;
        Assert.Contains("GET /health/live ", check[^1], StringComparison.Ordinal);
        Assert.Equal(0, await Check(check, server.Http.BaseAddress!.Port));
        Assert.NotEqual(0, await Check(check, Ports.Free()));
    }

    [Fact]
    public async Task Compose_finds_a_node_ready_and_nobody_not()
    {
        foreach (var node in Manifest.ComposeNodes.Values)
        {
            var check = node.At("healthcheck", "test").AsArray().Select(word => word!.GetValue<string>().Replace("$$", "$", StringComparison.Ordinal)).ToArray();
            Assert.Equal("CMD", check[0]);
            Assert.Contains("GET /health/ready ", check[^1], StringComparison.Ordinal);
            Assert.Equal(0, await Check(check[1..], server.Http.BaseAddress!.Port));
            Assert.NotEqual(0, await Check(check[1..], Ports.Free()));
        }
    }

    /// <summary>The exit code of a health check, at another port than the container's.</summary>
    private static async Task<int> Check(string[] command, int port) =>
        (await RunningProgram.Run(command[0], [.. command[1..^1], command[^1].With("/127.0.0.1/8080", $"/127.0.0.1/{port}")])).Code;

    [Fact]
    public void Whoever_stops_a_node_leaves_it_the_time_to_drain()
    {
        var drains = server.Get<IOptions<HostOptions>>().Value.ShutdownTimeout;
        var hook = TimeSpan.FromSeconds(Number(Manifest.Container.Text("lifecycle", "preStop", "sleep", "seconds")));
        Assert.True(TimeSpan.FromSeconds(Number(Manifest.Pod.Text("terminationGracePeriodSeconds"))) > hook + drains);
        Assert.All(Manifest.ComposeNodes.Values, node => Assert.True(TimeSpan.FromSeconds(Number(node.Text("stop_grace_period").TrimEnd('s'))) > drains));
        Assert.True(TimeSpan.FromSeconds(Number(StopTimeout().Match(DeployFolder.Text("systemd/orleanschat@.service")).Groups[1].Value)) > drains);
        Assert.Contains("\nSTOPSIGNAL SIGTERM\n", DeployFolder.Text("docker/Dockerfile"), StringComparison.Ordinal);
        Assert.Contains("\nKillSignal=SIGTERM\n", DeployFolder.Text("systemd/orleanschat@.service"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_edges_port_is_the_same_for_the_image_and_for_all_who_reach_it()
    {
        var port = DeployedSettings.Dockerfile["ASPNETCORE_HTTP_PORTS"];
        Assert.Equal(port, Manifest.Port("http"));
        Assert.Contains($"\nEXPOSE {port}\n", DeployFolder.Text("docker/Dockerfile"), StringComparison.Ordinal);
        var (service, ingress) = (Manifest.Documents("kubernetes/service.yaml")[0], Manifest.Documents("kubernetes/service.yaml")[1]);
        Assert.Equal("http", service.At("spec", "ports").AsArray().Single()!.Text("targetPort"));
        var backend = ingress.At("spec", "rules").AsArray().Single()!.At("http", "paths").AsArray().Single()!.At("backend", "service");
        Assert.Equal((service.Text("metadata", "name"), "http"), (backend.Text("name"), backend.Text("port", "name")));
        Assert.Equal(
            Manifest.ComposeNodes.Values.Select(node => $"{node.Text("networks", "inside", "ipv4_address")}:{port}"),
            Server().Matches(DeployFolder.Text("docker/nodes.conf")).Select(it => it.Groups[1].Value));
    }

    [Fact]
    public void In_Kubernetes_all_speak_of_the_same_pods()
    {
        var labels = Manifest.Deployment.At("spec", "template", "metadata", "labels");
        JsonNode[] selectors =
        [
            Manifest.Deployment.At("spec", "selector", "matchLabels"),
            Manifest.Documents("kubernetes/service.yaml")[0].At("spec", "selector"),
            Manifest.Documents("kubernetes/disruption.yaml").Single().At("spec", "selector", "matchLabels"),
            Manifest.Documents("kubernetes/network.yaml").Single().At("spec", "podSelector", "matchLabels"),
        ];
        Assert.All(selectors, selector => Assert.True(JsonNode.DeepEquals(labels, selector)));
        Assert.All(
            Manifest.Documents("kubernetes/kustomization.yaml").Single().At("resources").AsArray(),
            file => Assert.NotEmpty(Manifest.Documents($"kubernetes/{file!.GetValue<string>()}")));
    }

    [Fact]
    public void In_Compose_only_nginx_is_open_to_the_world_and_only_nginx_is_believed()
    {
        var services = Manifest.Compose.At("services").AsObject();
        Assert.Equal("nginx", services.Single(service => service.Value!["ports"] is not null).Key);
        Assert.Equal("true", Manifest.Compose.Text("networks", "inside", "internal"));
        Assert.All(services.Where(service => service.Key != "nginx"), service => Assert.Equal(["inside"], service.Value!.At("networks").AsObject().Select(it => it.Key)));
        var nginx = services["nginx"]!.Text("networks", "inside", "ipv4_address");
        Assert.All(Manifest.ComposeNodes.Values, node => Assert.Equal(nginx, node.Text("environment", "Chat__TrustedProxies__0")));
    }

    [Fact]
    public void The_image_is_built_from_the_projects_that_a_node_consists_of()
    {
        var copied = Copy().Matches(DeployFolder.Text("docker/Dockerfile")).Select(it => it.Groups[1].Value);
        Assert.Equal(Projects("Silo").Order(StringComparer.Ordinal), copied.Order(StringComparer.Ordinal));
    }

    /// <summary>A project and all that it refers to.</summary>
    private static HashSet<string> Projects(string name)
    {
        var project = XDocument.Load(Path.Combine(DeployFolder.File(".."), name, $"{name}.csproj"));
        return [name, .. project.Descendants("ProjectReference").SelectMany(it => Projects(Path.GetFileNameWithoutExtension(it.Attribute("Include")!.Value)))];
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^HEALTHCHECK .*\\\n\s+CMD (\[.*\])$", RegexOptions.Multiline)]
    private static partial Regex HealthCheck();

    [GeneratedRegex(@"^TimeoutStopSec=(\d+)$", RegexOptions.Multiline)]
    private static partial Regex StopTimeout();

    [GeneratedRegex(@"^\s*server (\S+) ", RegexOptions.Multiline)]
    private static partial Regex Server();

    [GeneratedRegex(@"^COPY ([\w.]+) \1$", RegexOptions.Multiline)]
    private static partial Regex Copy();
}
