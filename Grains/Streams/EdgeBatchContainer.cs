using Orleans.Providers.Streams.Common;
using Orleans.Streams;
using OrleansChat.Grains.Interfaces.Edges;

namespace OrleansChat.Grains.Streams;

/// <summary>A message as it lies in a queue.</summary>
[GenerateSerializer]
[Immutable]
[Alias("OrleansChat.EdgeMessage")]
public sealed record EdgeMessage([property: Id(0)] StreamId Stream, [property: Id(1)] EdgeBatch[] Batches);

/// <summary>A message as the pulling agent delivers it.</summary>
[GenerateSerializer]
[Immutable]
[Alias("OrleansChat.EdgeBatchContainer")]
public sealed record EdgeBatchContainer([property: Id(0)] EdgeMessage Message, [property: Id(1)] EventSequenceTokenV2 Token) : IBatchContainer
{
    public StreamId StreamId => Message.Stream;

    public StreamSequenceToken SequenceToken => Token;

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        Message.Batches.Cast<T>().Select((batch, i) => Tuple.Create<T, StreamSequenceToken>(batch, Token.CreateSequenceTokenForEvent(i)));

    public bool ImportRequestContext() => false;
}
