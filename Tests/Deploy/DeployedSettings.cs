using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace OrleansChat.Tests.Deploy;

/// <summary>What the files of <c>deploy</c> put into a node's environment.</summary>
public static partial class DeployedSettings
{
    /// <summary>The environment of a node, by where it is written.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> All
    {
        get
        {
            var all = new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                ["kubernetes"] = Kubernetes,
                ["Dockerfile"] = Dockerfile,
                ["systemd"] = File("systemd/cluster.env").Concat(File("systemd/1.env")).Concat(Unit("systemd/tls.conf")).ToDictionary(),
            };
            foreach (var (name, node) in Manifest.ComposeNodes)
            {
                all[$"compose {name}"] = node.At("environment").AsObject().ToDictionary(it => it.Key, it => it.Value!.GetValue<string>());
            }

            return all;
        }
    }

    public static IReadOnlyDictionary<string, string> Dockerfile =>
        Env().Matches(DeployFolder.Text("docker/Dockerfile")).ToDictionary(it => it.Groups[1].Value, it => it.Groups[2].Value);

    /// <summary>As a node finds its configuration.</summary>
    public static IConfiguration Configuration(IReadOnlyDictionary<string, string> environment) => new ConfigurationBuilder()
        .AddInMemoryCollection(environment.Select(it => KeyValuePair.Create(it.Key.Replace("__", ":", StringComparison.Ordinal), (string?)it.Value))).Build();

    private static Dictionary<string, string> Kubernetes
    {
        get
        {
            var secret = Manifest.Documents("kubernetes/secret.example.yaml").Single();
            Assert.Equal(secret.Text("metadata", "name"), Manifest.Container.At("envFrom").AsArray().Single()!.Text("secretRef", "name"));
            return Manifest.Container.At("env").AsArray().Select(it => KeyValuePair.Create(it!.Text("name"), Value(it!)))
                .Concat(secret.At("stringData").AsObject().Select(it => KeyValuePair.Create(it.Key, it.Value!.GetValue<string>())))
                .ToDictionary();
        }
    }

    private static string Value(JsonNode variable) => variable["value"]?.GetValue<string>() ?? variable.Text("valueFrom", "fieldRef", "fieldPath") switch
    {
        "status.podIP" => "10.244.1.7",
        "metadata.name" => "orleanschat-7d9c-x2x",
        var other => throw new InvalidOperationException($"{other} is no field of a pod that is known here."),
    };

    private static IEnumerable<KeyValuePair<string, string>> File(string name) => DeployFolder.Text(name).Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#').Select(Pair);

    private static IEnumerable<KeyValuePair<string, string>> Unit(string name) => DeployFolder.Text(name).Split('\n')
        .Where(line => line.StartsWith("Environment=", StringComparison.Ordinal)).Select(line => Pair(line["Environment=".Length..]));

    private static KeyValuePair<string, string> Pair(string line)
    {
        var parts = line.Split('=', 2);
        Assert.True(parts.Length == 2, string.Create(CultureInfo.InvariantCulture, $"'{line}' sets nothing."));
        return KeyValuePair.Create(parts[0], parts[1]);
    }

    [GeneratedRegex(@"^ENV (\w+)=(\S+)$", RegexOptions.Multiline)]
    private static partial Regex Env();
}
