using System.Text.Json.Serialization;

namespace OrleansChat.Nodes;

/// <summary>A reading as JSON, as it is on the wire, for programs that are no edge.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NodeReading))]
public sealed partial class NodeJson : JsonSerializerContext;
