using OrleansChat.Users;

namespace OrleansChat.Grains.Interfaces.Users;

/// <summary>A user whose object lives in the cluster; its key is the user's id.</summary>
[Alias("OrleansChat.User")]
public interface IUserGrain : IUser, IGrainWithStringKey;
