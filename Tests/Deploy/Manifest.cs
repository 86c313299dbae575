using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace OrleansChat.Tests.Deploy;

/// <summary>The YAML files of <c>deploy</c>, as trees whose leaves are strings, with what they repeat by <c>&lt;&lt;</c> put in.</summary>
public static class Manifest
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().Build();
    private static readonly ISerializer Json = new SerializerBuilder().JsonCompatible().Build();

    public static JsonNode Deployment => Documents("kubernetes/deployment.yaml").Single();

    public static JsonNode Pod => Deployment.At("spec", "template", "spec");

    public static JsonNode Container => Pod.At("containers").AsArray().Single()!;

    public static JsonNode Compose => Documents("docker/compose.yaml").Single();

    /// <summary>The services that are nodes, by their names.</summary>
    public static IReadOnlyDictionary<string, JsonNode> ComposeNodes => Compose.At("services").AsObject()
        .Where(service => service.Value!["image"]!.GetValue<string>() == "orleanschat").ToDictionary(service => service.Key, service => service.Value!);

    public static IReadOnlyList<JsonNode> Documents(string file)
    {
        var documents = new List<JsonNode>();
        using var text = new StringReader(DeployFolder.Text(file));
        var parser = new MergingParser(new Parser(text));
        parser.Consume<YamlDotNet.Core.Events.StreamStart>();
        while (parser.TryConsume<YamlDotNet.Core.Events.DocumentStart>(out _))
        {
            documents.Add(JsonNode.Parse(Json.Serialize(Yaml.Deserialize(parser)!))!);
            parser.TryConsume<YamlDotNet.Core.Events.DocumentEnd>(out _);
        }

        return documents;
    }

    /// <summary>What stands there; a name that is not there fails the test.</summary>
    public static JsonNode At(this JsonNode node, params string[] path)
    {
        foreach (var name in path) node = node[name] ?? throw new InvalidOperationException($"There is no {name} in {node.GetPath()}.");
        return node;
    }

    public static string Text(this JsonNode node, params string[] path) => node.At(path).GetValue<string>();

    /// <summary>The port that the container gives this name.</summary>
    public static string Port(string name) =>
        Container.At("ports").AsArray().Single(port => port!.Text("name") == name)!.Text("containerPort");
}
