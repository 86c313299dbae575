using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansChat.Engine;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Grains.Interfaces.Edges;

/// <summary>A piece of news on its way to an edge. It is written once, for all edges that get it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "of")]
[JsonDerivedType(typeof(OfRoom), "room")]
[JsonDerivedType(typeof(OfUser), "user")]
[JsonDerivedType(typeof(Echo), "echo")]
public abstract record EdgeNews
{
    public sealed record OfRoom(RoomId Room, RoomNews News) : EdgeNews;

    public sealed record OfUser(UserId User, UserNews News) : EdgeNews;

    /// <summary>An edge's word to itself: as long as it comes back, the way of the news is whole.</summary>
    public sealed record Echo(long Number) : EdgeNews;

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, EdgeJson.Default.EdgeNews);

    public static EdgeNews Read(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize(bytes, EdgeJson.Default.EdgeNews)!;
}

/// <summary>What travels on an edge's stream: news in the order in which one silo sent them.</summary>
[GenerateSerializer]
[Immutable]
[Alias("OrleansChat.EdgeBatch")]
public sealed record EdgeBatch([property: Id(0)] byte[][] News);

[JsonSerializable(typeof(EdgeNews))]
internal sealed partial class EdgeJson : JsonSerializerContext;
