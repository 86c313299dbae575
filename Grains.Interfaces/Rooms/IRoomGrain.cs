using OrleansChat.Rooms;

namespace OrleansChat.Grains.Interfaces.Rooms;

/// <summary>A room that lives in the cluster; its key is the room's id.</summary>
[Alias("OrleansChat.Room")]
public interface IRoomGrain : IRoom, IGrainWithStringKey;
