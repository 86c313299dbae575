using OrleansChat.Rooms;

namespace OrleansChat.Grains.Interfaces.Rooms;

/// <summary>A room that lives in the cluster; its key is the room's id.</summary>
[Alias("OrleansChat.Room")]
public interface IRoomGrain : IRoom, IGrainWithStringKey
{
    /// <summary>Submits these commands in their order, and answers them all when the last is answered.</summary>
    [Alias("SubmitAll")]
    Task<Answer<Receipt>[]> SubmitAll(RoomOrder[] orders);
}

/// <summary>A command and who gives it.</summary>
/// <param name="Trace">The W3C <c>traceparent</c> of the operation that gave it, where that is recorded: commands of many operations travel together.</param>
[GenerateSerializer]
[Immutable]
[Alias("OrleansChat.RoomOrder")]
public sealed record RoomOrder([property: Id(0)] Actor Actor, [property: Id(1)] RoomCommand Command, [property: Id(2)] string? Trace = null);
